package uz.koprik.gateway.cli.roles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.UseOptions;

/** {@code koprik act}. */
@Command(
        name = "act",
        description = "Acts that wait for a second administrator: list, confirm, withdraw.",
        subcommands = {ActCommand.Listing.class, ActCommand.Confirm.class, ActCommand.Withdraw.class},
        footer = {
            "",
            "With `accounts.two_persons: true`, one asks and another administrator confirms.",
            "",
            "Examples:",
            "  koprik act list --token-file my.token",
            "  koprik act confirm 5f0c1d7a9b3e2460 --token-file my.token"
        })
public final class ActCommand implements Runnable {

    private static final String ACTS = "/api/acts";
    private static final int MOST_SHOWN = 300;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** An id that may stand in a path. */
    private static String checked(String id) {
        if (!id.matches("[0-9a-f]{16}")) {
            throw new Failure(ExitCode.USAGE, "an id is 16 digits and letters a to f; `koprik act list` shows them");
        }
        return id;
    }

    /** {@code koprik act list}. */
    @Command(name = "list", description = "List what waits for a second administrator.")
    static final class Listing extends ClientCommand {

        @Override
        protected int run(CentreClient centre) {
            JsonNode acts = json(centre.get(ACTS)).path("acts");
            if (json()) {
                out().json(CentreAnswers.pretty(acts));
                return ExitCode.OK;
            }
            if (acts.isEmpty()) {
                out().println("nothing waits for a second administrator");
            }
            acts.forEach(act -> {
                String body = act.path("body").asText();
                out().println(act.path("id").asText() + "  "
                        + act.path("method").asText() + " " + act.path("path").asText());
                out().println("    asked by " + act.path("by").asText() + " at "
                        + act.path("at").asText()
                        + (act.has("ended")
                                ? ", ended: " + act.path("ended").asText()
                                : ", waits until " + act.path("until").asText()));
                out().println("    "
                        + (body.length() > MOST_SHOWN
                                ? body.substring(0, MOST_SHOWN) + " … (--json shows all)"
                                : body));
            });
            return ExitCode.OK;
        }
    }

    /** {@code koprik act confirm}. */
    @Command(name = "confirm", description = "Confirm an act: sends the same request, as another administrator.")
    static final class Confirm extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "Which; `koprik act list` shows them.")
        private String id;

        @Mixin
        UseOptions use;

        @Override
        protected int run(CentreClient centre) {
            String wanted = checked(id);
            JsonNode act = null;
            for (JsonNode one : json(centre.get(ACTS)).path("acts")) {
                act = one.path("id").asText().equals(wanted) ? one : act;
            }
            if (act == null) {
                throw new Failure(ExitCode.FAILED, "no act of that id waits");
            }
            CentreClient.Reply reply = send(centre, act);
            if (!reply.ok()) {
                throw refused(reply);
            }
            if (json()) {
                out().json(CentreAnswers.pretty(
                        reply.body().length == 0
                                ? act
                                : ((ObjectNode) act).set("answer", CentreAnswers.parse(reply.body()))));
            } else {
                out().println("done: " + act.path("method").asText() + " "
                        + act.path("path").asText() + ", asked for by "
                        + act.path("by").asText());
                JsonNode answer =
                        reply.body().length == 0 ? MissingNode.getInstance() : CentreAnswers.parse(reply.body());
                for (String secret : List.of("one_time_secret", "token")) {
                    if (answer.has(secret)) {
                        out().println("shown once, hand it over to "
                                + answer.path("account").asText() + ": "
                                + answer.path(secret).asText());
                    }
                }
            }
            return ExitCode.OK;
        }

        private static CentreClient.Reply send(CentreClient centre, JsonNode act) {
            String path = act.path("path").asText();
            byte[] body = act.path("body").asText().getBytes(StandardCharsets.UTF_8);
            return switch (act.path("method").asText()) {
                case "POST" -> centre.post(path, "application/json", body);
                case "PUT" -> centre.put(path, "application/json", body);
                case "PATCH" -> centre.patch(path, "application/json", body);
                case "DELETE" -> centre.delete(path);
                default -> throw new Failure(ExitCode.FAILED, "this program cannot send that request; use a later one");
            };
        }
    }

    /** {@code koprik act withdraw}. */
    @Command(name = "withdraw", description = "Withdraw what you asked for, or refuse it as an administrator.")
    static final class Withdraw extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "Which; `koprik act list` shows them.")
        private String id;

        @Override
        protected int run(CentreClient centre) {
            CentreClient.Reply reply = centre.delete(ACTS + "/" + checked(id));
            if (!reply.ok()) {
                throw refused(reply);
            }
            return ExitCode.OK;
        }
    }
}
