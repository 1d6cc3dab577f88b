package uz.koprik.gateway.demo;

import uz.koprik.gateway.cli.CommandOutput;

/** Output of the demonstration, each step with the time since the beginning. */
final class DemoOutput {

    private final CommandOutput out;
    private final long begun = System.nanoTime();

    DemoOutput(CommandOutput out) {
        this.out = out;
    }

    /** A new step. */
    void step(String title) {
        out.println();
        out.printf("[%5.1f s] %s%n", seconds(), title);
        out.flush();
    }

    /** Something that happened in it. */
    void say(String line) {
        out.println("          " + line);
        out.flush();
    }

    /** Something to copy, as it stands. */
    void verbatim(String line) {
        out.println("  " + line);
        out.flush();
    }

    double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }
}
