package uz.koprik.gateway.cli;

import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import uz.koprik.gateway.logging.TerminalText;

/** Asks the person at the terminal before something that may be a mistake. */
public interface Confirmation {

    /** Whether a person is there who can be asked. */
    boolean possible();

    /** Whether the person agrees. */
    boolean agrees(String question);

    /** The terminal of this process. */
    @SuppressWarnings("SystemConsoleNull") // whether there is a console without a terminal differs between JDKs
    static Confirmation ofTerminal() {
        return of(() -> System.console() != null && System.console().isTerminal(), prompt -> System.console()
                .readLine("%s", prompt));
    }

    /**
     * Asks by a terminal.
     *
     * @param terminal whether there is one
     * @param ask shows a prompt and returns the line that the person types, or null at the end of input
     */
    static Confirmation of(BooleanSupplier terminal, UnaryOperator<String> ask) {
        return new Confirmation() {
            @Override
            public boolean possible() {
                return terminal.getAsBoolean();
            }

            @Override
            public boolean agrees(String question) {
                String answer = ask.apply(TerminalText.line(question) + " [y/N] ");
                return answer != null
                        && (answer.strip().equalsIgnoreCase("y")
                                || answer.strip().equalsIgnoreCase("yes"));
            }
        };
    }
}
