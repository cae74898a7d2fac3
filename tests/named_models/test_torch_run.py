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


def devices(torch: Any) -> list[str]:
    """Return the devices that batches can be tried on; a processor computes in 16 bits as well, only slowly."""
    return ["cpu", "cuda"] if torch.cuda.is_available() else ["cpu"]


def test_batches_are_of_sixteen_bits_but_where_these_overflow(
    torch: Any, caplog: pytest.LogCaptureFixture
) -> None:
    network = torch.nn.Linear(64, 8)
    inputs = [{"x": torch.randn(1, 64)} for _ in range(70)] + [{"x": torch.full((1, 64), 1e6)}]
    exact = network(torch.cat([each["x"] for each in inputs])).detach().numpy()
    for device in devices(torch):
        run: TorchRun[Any] = TorchRun(
            "linear",
            network,
            lambda given, device: network(stacked(given, device)["x"]),
            shape=shape_of,
            batches_on=device,
        )
        with caplog.at_level(logging.WARNING):
            found = run(inputs)
        assert np.allclose(found, exact, rtol=1e-3, atol=2e-3)
        assert not np.allclose(found[:32], exact[:32], rtol=0, atol=1e-7), "nothing was rounded to 16 bits"
        assert np.allclose(found[64:], exact[64:], rtol=1e-5, atol=1e-5), "the batch that overflows is exact"
    assert not caplog.records


@pytest.mark.parametrize("most", [5, 0])
def test_where_memory_runs_out_fewer_go_in_and_at_last_the_processor_goes_on(
    most: int, torch: Any, caplog: pytest.LogCaptureFixture
) -> None:
    network = torch.nn.Linear(4, 2)
    sizes: list[int] = []

    def forward(inputs: list[Any], device: str) -> Any:
        if torch.is_autocast_enabled(device):
            if len(inputs) > most:
                raise torch.OutOfMemoryError("CUDA out of memory.")
            sizes.append(len(inputs))
        return network(torch.stack(inputs).to(device))

    inputs = list(torch.randn(10, 4))
    exact = network(torch.stack(inputs)).detach().numpy()
    run: TorchRun[Any] = TorchRun("a large model", network, forward, batches_on=devices(torch)[-1])
    with caplog.at_level(logging.WARNING):
        found = run(inputs)
    assert np.allclose(found, exact, rtol=1e-3, atol=2e-3)
    assert sizes == ([4, 4, 2] if most else [])
    said = [record.getMessage().partition(",")[0] for record in caplog.records]
    assert said == ([] if most else ["The GPU has too little memory for a large model"])
