package uz.koprik.gateway.api.common;

import java.util.Locale;

/** What a broken-off import failed by; on the wire in lower case. */
public enum ImportFailure {
    /** The file cannot be read on: it must be corrected. */
    FILE,
    /** The sender paused for too long. */
    SLOW,
    /** The store cannot serve now. */
    STORE,
    /** An unexpected failure of the centre. */
    INTERNAL;

    /** Title of the problem when the body cannot be read at all; the parameters were right. */
    public static final String UNREADABLE = "Unreadable file";

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
