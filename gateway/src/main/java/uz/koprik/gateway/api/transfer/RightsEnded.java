package uz.koprik.gateway.api.transfer;

import java.io.IOException;

/** Thrown through an answer that lasts when its caller has the rights no more with which it began. */
final class RightsEnded extends IOException {

    private static final long serialVersionUID = 1L;

    RightsEnded() {
        super("the account ended or its rights were changed meanwhile");
    }
}
