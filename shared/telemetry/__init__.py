"""What a service tells those who run it: log lines, metrics. Ids, codes and numbers only, never who somebody is."""
