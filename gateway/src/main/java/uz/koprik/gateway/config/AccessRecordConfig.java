package uz.koprik.gateway.config;

import java.time.Duration;

/**
 * The access record.
 *
 * @param keep how long entries are kept
 */
public record AccessRecordConfig(
        @Setting(
                        value = "How long an entry is kept; whole days of the record (UTC) are removed.",
                        preset = "400d",
                        min = 86_400_000L,
                        max = 3_650L * 86_400_000L)
                Duration keep) {}
