"""The database behind a pool that lends a connection for one transaction only."""
