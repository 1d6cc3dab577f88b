package uz.koprik.indicators.store.elasticsearch.client;

import java.io.IOException;

/** The cluster cannot be used as it is set up: says what is wrong and what to do. */
public final class ClusterRefused extends IOException {

    private static final long serialVersionUID = 1L;

    public ClusterRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
