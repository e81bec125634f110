"""Objects that other programs keep for themselves, known by the labels that these put on them."""

from __future__ import annotations

from collections.abc import Mapping

KEPT: Mapping[str, str] = {
    "hcloud/node-group": "the cluster autoscaler",
    "caph-cluster-": "the Cluster API provider",
    "hcloud-ccm/": "the cloud controller manager",
    "pvc-name": "the CSI driver",
}
"""Who keeps an object, by its label or the beginning of it."""
MANAGED_BY = "managed-by"
MANAGERS: Mapping[str, str] = {"csi-driver": "the CSI driver"}
"""Who keeps an object, by the value of its label `managed-by`."""


def keeper(labels: Mapping[str, str], wanted: Mapping[str, object] | None = None) -> str:
    """Tell which program keeps an object and would be disturbed by changes, and by which label; or nothing.

    A label that is ``wanted`` by whoever asks says nothing: they put it there themselves.
    """
    for key, value in labels.items():
        if wanted and key in wanted:
            continue
        who = MANAGERS.get(value, "") if key == MANAGED_BY else _by_label(key)
        if who:
            return f"{who} (label {key})"
    return ""


def _by_label(key: str) -> str:
    return next((who for start, who in KEPT.items() if key == start or _is_begun(key, start)), "")


def _is_begun(key: str, start: str) -> bool:
    return start[-1] in "/-" and key.startswith(start)
