package uz.koprik.gateway.cli.partners;

import com.fasterxml.jackson.databind.JsonNode;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;

/** A command that lets a running centre do something now, which goes on when the command has ended. */
abstract class OrderCommand extends ClientCommand {

    @Override
    protected final int run(CentreClient centre) {
        JsonNode answer = json(centre.post(path(), "application/json", new byte[0]));
        if (json()) {
            out().json(CentreAnswers.pretty(answer));
        } else {
            out().println(started());
        }
        return ExitCode.OK;
    }

    /** Where the order goes. */
    abstract String path();

    /** What is said of it. */
    abstract String started();
}
