import logging
from typing import Any

import numpy as np
import pytest
from tests.named_models.tiny import seeded

from emendata.features.torch_run import TorchRun, shape_of, stacked

pytestmark = pytest.mark.models


@pytest.fixture
def torch() -> Any:
    pytest.importorskip("torch")
    return seeded()


def test_inputs_of_any_shape_come_back_in_their_order_and_threads_as_they_were(torch: Any) -> None:
    network = torch.nn.Linear(3, 2)
    run: TorchRun[Any] = TorchRun(
        "sums",
        network,
        lambda inputs, device: network(stacked(inputs, device)["x"]).sum(dim=1),
        shape=shape_of,
    )
    inputs = [{"x": torch.full((1, length, 3), float(i))} for i, length in enumerate([4, 2, 4, 1, 2])]
    threads = torch.get_num_threads()
    values = run(inputs)
    assert values.dtype == np.float32
    assert torch.get_num_threads() == threads
    for one, given in zip(values, inputs, strict=True):
        assert np.array_equal(one[None], run([given]))
        assert np.allclose(one, network(given["x"]).sum(dim=1).detach()[0], atol=1e-5)


def test_a_network_is_used_as_it_predicts_not_as_it_learns(torch: Any) -> None:
    network = torch.nn.Dropout(0.5)
    run: TorchRun[Any] = TorchRun("dropout", network, lambda inputs, device: network(torch.stack(inputs)))
    assert run([torch.ones(50)]).tolist() == [[1.0] * 50]


def test_on_a_gpu_vectors_are_nearly_the_same_and_what_overflows_is_computed_in_full(
    torch: Any, caplog: pytest.LogCaptureFixture
) -> None:
    if not torch.cuda.is_available():
        pytest.skip("there is no GPU that torch can use")
    network = torch.nn.Linear(64, 8)
    inputs = [{"x": torch.randn(1, 64)} for _ in range(70)] + [{"x": torch.full((1, 64), 1e6)}]
    run: TorchRun[Any] = TorchRun(
        "linear", network, lambda given, device: network(stacked(given, device)["x"]), shape=shape_of
    )
    with caplog.at_level(logging.WARNING):
        found = run(inputs)
    wanted = network.to("cpu")(torch.cat([each["x"] for each in inputs])).detach().numpy()
    assert np.allclose(found, wanted, rtol=0.02, atol=0.02)
    assert not caplog.records
