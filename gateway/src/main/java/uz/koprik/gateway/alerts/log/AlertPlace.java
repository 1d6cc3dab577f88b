package uz.koprik.gateway.alerts.log;

/** The sequence number and the subject ({@link Alert#subject}) of an alert that was not read. */
public record AlertPlace(long seq, String subject) {}
