package uz.koprik.gateway.feeds;

import java.time.Duration;

/**
 * What holds for the feeds of all partners.
 *
 * @param pageSize objects asked for, or pushed, in one request
 * @param backoffFirst first wait after a failure; doubled each time, with jitter
 * @param backoffMax longest wait after failures
 * @param patience how long a partner may take to begin its answer, and to go on with it
 */
public record FeedSettings(int pageSize, Duration backoffFirst, Duration backoffMax, Duration patience) {}
