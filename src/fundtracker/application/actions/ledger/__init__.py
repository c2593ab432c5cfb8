"""The finance ledger: learning a layout, previewing and taking a listing, and matching its lines to costs and instalments."""
