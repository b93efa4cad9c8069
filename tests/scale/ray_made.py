"""Run by test_ray: a cluster of a head and two nodes on this machine, of which one is killed while an archive is read.

python ray_made.py SOURCE OUT
"""

import sys
from typing import Any

from ray.cluster_utils import Cluster

from ultimora.scale.run import Order, Run


def main() -> None:
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    nodes = [cluster.add_node(num_cpus=1) for _ in range(2)]
    told: list[str] = []

    def tell(word: str, _facts: dict[str, Any]) -> None:
        told.append(word)
        if word == "read" and told.count("read") == 1:
            cluster.remove_node(nodes.pop(), allow_graceful=False)
            cluster.add_node(num_cpus=1)

    order = Order((sys.argv[1],), sys.argv[2], engine="ray", address=cluster.address, workers=2, most=3)
    report = Run(order, tell).done()
    print(report.tally.articles, told.count("died"))
    cluster.shutdown()


if __name__ == "__main__":
    main()
