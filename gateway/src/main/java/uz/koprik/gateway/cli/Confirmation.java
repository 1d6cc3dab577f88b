package uz.koprik.gateway.cli;

import java.io.Console;
import uz.koprik.gateway.logging.TerminalText;

/** Asks the person at the terminal before something that may be a mistake. */
public interface Confirmation {

    /** Whether a person is there who can be asked. */
    boolean possible();

    /** Whether the person agrees. */
    boolean agrees(String question);

    /** The terminal of this process. */
    static Confirmation ofTerminal() {
        return new Confirmation() {
            @Override
            @SuppressWarnings("SystemConsoleNull") // whether there is a console without a terminal differs between JDKs
            public boolean possible() {
                Console console = System.console();
                return console != null && console.isTerminal();
            }

            @Override
            public boolean agrees(String question) {
                String answer = System.console().readLine("%s [y/N] ", TerminalText.line(question));
                return answer != null
                        && (answer.strip().equalsIgnoreCase("y")
                                || answer.strip().equalsIgnoreCase("yes"));
            }
        };
    }
}
