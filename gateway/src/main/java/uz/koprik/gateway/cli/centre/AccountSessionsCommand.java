package uz.koprik.gateway.cli.centre;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;

/** {@code koprik account sessions}. */
@Command(
        name = "sessions",
        description = "List the sessions of an account in browsers: asks the running centre, as an operator.")
public final class AccountSessionsCommand extends ClientCommand {

    @Parameters(paramLabel = "NAME", description = "Whose.")
    private String name;

    @Override
    protected int run(CentreClient centre) {
        JsonNode sessions = json(centre.get("/api/accounts/" + AccountNames.checked(name) + "/sessions"))
                .path("sessions");
        if (json()) {
            out().json(CentreAnswers.pretty(sessions));
            return ExitCode.OK;
        }
        if (sessions.isEmpty()) {
            out().println(name + " has no session");
        }
        sessions.forEach(session -> {
            out().println(session.path("id").asText() + "  by "
                    + session.path("way").asText().replace('_', ' ') + ", from "
                    + session.path("address").asText());
            out().println("    begun " + session.path("begun").asText() + ", last seen "
                    + session.path("last_seen").asText() + ", with "
                    + session.path("browser").asText());
        });
        return ExitCode.OK;
    }
}
