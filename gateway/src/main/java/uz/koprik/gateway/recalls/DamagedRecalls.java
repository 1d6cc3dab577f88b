package uz.koprik.gateway.recalls;

import java.io.IOException;

/** What is stored of recalls cannot be read; the message says which paper and what to do. */
public final class DamagedRecalls extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedRecalls(String message, Throwable cause) {
        super(message, cause);
    }
}
