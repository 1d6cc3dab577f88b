package uz.koprik.gateway.centre;

import java.io.IOException;

/** Follows a start; a test breaks a start by throwing from {@link #done}. */
interface StartObserver {

    /** Does nothing. */
    StartObserver NONE = new StartObserver() {};

    /**
     * Called after each step.
     *
     * @throws IOException to end the start there
     */
    default void done(String step) throws IOException {}

    /** Called when a step has opened a part that a start which fails must close. */
    default void opened(String part) {}

    /** Called when such a part is closed because the start failed. */
    default void closed(String part) {}
}
