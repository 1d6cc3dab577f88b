package uz.koprik.gateway.http;

import java.io.IOException;

/** A body came slower than this server waits for. */
public final class SlowBody extends IOException {

    private static final long serialVersionUID = 1L;

    SlowBody(long rate) {
        super("the body came slower than " + rate + " bytes per second, the least that this server waits for");
    }
}
