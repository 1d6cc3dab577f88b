package uz.koprik.gateway.concurrent;

/** How a centre that cannot go on ends its process. The only place that does it; tests put their own in. */
@FunctionalInterface
public interface ProcessEnd {

    /** The exit code of a centre that ended itself, see {@code docs/running.md}. */
    int EXIT_CODE = 5;

    /** Ends the process soon, and returns at once. Called once. */
    void end(String sentence);
}
