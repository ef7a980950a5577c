"""What follows from all documents together: reprints, names, keywords, each read from a small build."""

from itertools import pairwise

PASSAGE = (
    "昨日下午市里召开会议部署防汛工作要求各单位加强值班及时上报水情雨情确保群众安全度过主汛期会上还通报了近期的天气形势"
)
BODY = f"{PASSAGE}，各乡镇的负责人都到会听取了通报，会议由副市长主持。"
FILES = {
    "1.md": f"---\ntitle: 防汛会议\ndate: 2016-07-03\n---\n\n{BODY}",
    "2.md": f"---\ntitle: 防汛会议召开\ndate: 2016-07-01\n---\n\n{BODY}",
    "3.txt": "店里的事\n\n店主王建勋说：“今年的苹果卖得很好。”王建勋的果园在山上，苹果树有三百棵。",
    "4.txt": "山上的事\n\n王建勋说：“明年还要种苹果。”邻居也来帮忙，果园里的苹果熟了。",
}


def test_the_earliest_of_equal_articles_is_the_one_that_others_repeat(corpus):
    db = corpus(FILES)
    assert db.execute("SELECT id, reprint_of FROM articles WHERE reprint_of IS NOT NULL").fetchall() == [(1, 2)]
    pairs = db.execute("SELECT article_id, other_id, relation, start, other_start FROM similar").fetchall()
    (a, b, relation, start, other), back = pairs
    assert relation in ("same", "reprint") and back == (b, a, relation, other, start)


def test_a_located_passage_stands_in_both_bodies(corpus):
    db = corpus(FILES)
    shared = """SELECT substr(a.body, s.start + 1, s."end" - s.start), substr(b.body, s.other_start + 1, s."end" - s.start)
                FROM similar s JOIN articles a ON a.id = s.article_id JOIN articles b ON b.id = s.other_id"""
    (one, other), back = db.execute(shared).fetchall()
    assert PASSAGE in one and one == other and back == (other, one)


def test_entities_are_numbered_by_their_mentions_and_mentions_stand_where_they_say(corpus):
    db = corpus(FILES)
    counts = db.execute("SELECT mentions FROM entities ORDER BY id").fetchall()
    assert counts and all(one >= other for one, other in pairwise(counts))
    counted = "SELECT count(*), count(DISTINCT article_id) FROM mentions m WHERE m.entity_id = e.id"
    assert db.execute(f"SELECT name FROM entities e WHERE (mentions, articles) <> ({counted})").fetchall() == []
    wrong = "SELECT 1 FROM mentions m JOIN articles a ON a.id = m.article_id WHERE substr(body, start + 1, length(raw)) <> raw"
    assert db.execute(wrong).fetchall() == []
    found = "SELECT articles FROM entities WHERE name = '王建勋' AND kind = 'person'"
    assert db.execute(found).fetchall() == [(2,)]


def test_a_quotation_knows_its_speaker_as_an_entity(corpus):
    db = corpus(FILES)
    said = """SELECT q.speaker, e.name, q.text FROM quotes q LEFT JOIN entities e ON e.id = q.entity_id ORDER BY q.id"""
    assert db.execute(said).fetchall() == [
        ("王建勋", "王建勋", "今年的苹果卖得很好。"),
        ("王建勋", "王建勋", "明年还要种苹果。"),
    ]


def test_keywords_are_what_sets_an_article_apart(corpus):
    db = corpus(FILES)
    has = "SELECT EXISTS (SELECT 1 FROM json_each(keywords) WHERE value = ?) FROM articles ORDER BY id"
    assert db.execute(has, ["苹果"]).fetchall() == [(0,), (0,), (1,), (1,)]
    assert db.execute("SELECT count(*) FROM articles WHERE json_array_length(keywords) BETWEEN 1 AND 8").fetchone() == (
        4,
    )
