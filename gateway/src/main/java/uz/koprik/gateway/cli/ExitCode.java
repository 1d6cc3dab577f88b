package uz.koprik.gateway.cli;

/** What the process ends with; part of the promise to scripts, see {@code docs/running.md}. */
public final class ExitCode {

    /** Done. */
    public static final int OK = 0;
    /** Refused, or not done for a reason the message says. */
    public static final int FAILED = 1;
    /** The command line itself is wrong. */
    public static final int USAGE = 2;
    /** The centre cannot be reached. */
    public static final int UNREACHABLE = 3;
    /** The home, its settings or its keys cannot be used. */
    public static final int HOME = 4;

    private ExitCode() {}
}
