"""The only place that knows Kafka: what a service hears, says, parks and gives up."""
