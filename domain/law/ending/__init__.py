"""The end of a tenancy: termination because of crime, notice, rehousing, sale and demolition."""
