"""The review desk: a terminal screen over :class:`sverka.workflow.review.Review`."""
