"""What journal does: load, decide, save; set-wise; called alike by HTTP and by Kafka."""
