"""Many repositories at once: each is one task of Dask, judged by `infralint check`'s own engine in a process of its own.

The results are Parquet files, a partition a day. What the worker needs (runner, judging, opening, owners) knows nothing
of Dask or Parquet; the client (running, store, report, page, patches) does.
"""
