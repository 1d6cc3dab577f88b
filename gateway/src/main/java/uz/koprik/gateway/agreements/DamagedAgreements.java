package uz.koprik.gateway.agreements;

import java.io.IOException;

/** What is stored of agreements cannot be read; the message says which paper and what to do. */
public final class DamagedAgreements extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedAgreements(String message, Throwable cause) {
        super(message, cause);
    }
}
