package uz.koprik.indicators.imports;

import java.io.IOException;

/** An archive that unpacks to far more than honest text does, or is damaged. */
final class SuspiciousArchive extends IOException {

    private static final long serialVersionUID = 1L;

    SuspiciousArchive(String message) {
        super(message);
    }

    SuspiciousArchive(String message, Throwable cause) {
        super(message, cause);
    }
}
