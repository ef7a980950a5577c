"""A build on a Dask cluster over TCP gives the file that one process gives."""

from __future__ import annotations

import pytest

from corpus_db.pipeline import build
from tests.test_pipeline import many

distributed = pytest.importorskip("distributed")


@pytest.mark.filterwarnings("ignore")
def test_a_dask_cluster_gives_the_same_file(tmp_path, monkeypatch):
    monkeypatch.setattr("corpus_db.portions.MOST_ITEMS", 4)  # several portions, to be done out of order
    folder = many(tmp_path / "in")
    here = build([folder], tmp_path / "here.db", jobs=1)
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            protocol="tcp",
            dashboard_address=None,
            local_directory=str(tmp_path / "dask"),
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        assert cluster.scheduler_address.startswith("tcp://")
        there = build([folder], tmp_path / "there.db", executor=client.get_executor())
    assert there.articles == 30
    assert (there.sha256, there.logical_digest) == (here.sha256, here.logical_digest)
