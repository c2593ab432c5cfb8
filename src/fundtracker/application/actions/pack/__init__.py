"""The auditor's pack: one zip that opens without this program. `writing.write_pack` is the action; the rest gathers what it says."""
