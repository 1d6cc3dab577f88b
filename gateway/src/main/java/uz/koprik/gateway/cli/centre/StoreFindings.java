package uz.koprik.gateway.cli.centre;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;

/** A command that lists objects somebody should look at; what they are is up to the subclass. */
@Command(
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:there are none",
            "1:there are some, or the account may not ask",
            "2:the command line is wrong",
            "3:no centre answers"
        })
abstract class StoreFindings extends ClientCommand {

    private final String route;
    private final String list;

    /**
     * Asks for the findings.
     *
     * @param route that lists them
     * @param list the name of the list in its answer
     */
    StoreFindings(String route, String list) {
        this.route = route;
        this.list = list;
    }

    @Override
    protected final int run(CentreClient centre) {
        JsonNode answer = json(centre.get(route));
        JsonNode found = answer.path(list);
        if (json()) {
            out().println(CentreAnswers.pretty(answer));
        } else {
            found.forEach(this::print);
            out().println(summary(found.size()));
        }
        return found.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    /** Prints one finding. */
    abstract void print(JsonNode finding);

    /** The last line. */
    abstract String summary(int findings);
}
