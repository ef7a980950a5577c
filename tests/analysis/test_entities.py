"""Entities are counted by name and kind, with their other forms, whatever the order of the articles."""

from hypothesis import given
from hypothesis import strategies as st

from corpus_db.analysis.decisions import Mention
from corpus_db.analysis.entities import Entities, Entity

MENTION = st.builds(
    lambda name, kind, raw: Mention(0, raw or name, name, kind),
    st.sampled_from(["葛平", "青石", "龙井"]),
    st.sampled_from(["person", "product"]),
    st.sampled_from([None, "老葛", "小青"]),
)


def met(articles):
    entities = Entities()
    for mentions in articles:
        entities.add(mentions)
    return entities


def test_most_named_first_and_forms_by_frequency():
    article = [Mention(0, raw, "葛平", "person") for raw in ("小葛", "老葛", "老葛", "葛平")]
    entities = met([article, [Mention(0, "青石", "青石", "product")], [Mention(5, "青石", "青石", "person")]])
    assert list(entities) == [
        Entity("葛平", "person", ("老葛", "小葛"), 4, 1),
        Entity("青石", "person", (), 1, 1),
        Entity("青石", "product", (), 1, 1),
    ]
    assert entities.articles_of_names().tolist() == [1, 2, 2]


@given(st.lists(st.lists(MENTION, max_size=5), max_size=6), st.randoms())
def test_the_order_of_the_articles_makes_no_difference(articles, random):
    shuffled = random.sample(articles, len(articles))
    assert list(met(shuffled)) == list(met(articles))
    assert sum(entity.mentions for entity in met(articles)) == sum(map(len, articles))


@given(st.lists(st.lists(MENTION, max_size=5), max_size=6), st.integers(1, 4))
def test_how_many_are_held_in_memory_makes_no_difference(articles, held):
    few, all_ = Entities(held), met(articles)
    for mentions in articles:
        few.add(mentions)
    assert list(few) == list(all_)
    for number, entity in enumerate(all_, 1):
        assert few.number((entity.name, entity.kind)) == number
    assert few.articles_of_names().tolist() == [
        sum(other.articles for other in all_ if other.name == entity.name) for entity in all_
    ]
