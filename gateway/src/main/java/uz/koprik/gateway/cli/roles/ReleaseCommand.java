package uz.koprik.gateway.cli.roles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.UseOptions;

/** {@code koprik release}. */
@Command(
        name = "release",
        description = "The release desk: what waits for a second person before it leaves the centre.",
        subcommands = {
            ReleaseCommand.Listing.class,
            ReleaseCommand.Show.class,
            ReleaseCommand.Preview.class,
            ReleaseCommand.Approve.class,
            ReleaseCommand.Refuse.class,
            ReleaseCommand.Withdraw.class,
            ReleaseCommand.Request.class
        },
        footer = {
            "",
            "With `release.desk: true`, one submits and another one releases.",
            "",
            "Examples:",
            "  koprik release list --token-file my.token",
            "  koprik release show 019acf21b3e4f0a1 --token-file my.token",
            "  koprik release approve 019acf21b3e4f0a1 --comment \"checked with unit 3\" --token-file my.token"
        })
public final class ReleaseCommand implements Runnable {

    private static final String RELEASES = "/api/releases";
    private static final String JSON = "application/json";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** An id that may stand in a path. */
    private static String checked(String id) {
        if (!id.matches("[0-9a-f]{16}")) {
            throw new Failure(
                    ExitCode.USAGE, "an id is 16 digits and letters a to f; `koprik release list` shows them");
        }
        return id;
    }

    private static byte[] bytes(JsonNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** {@code koprik release list}. */
    @Command(name = "list", description = "List what waits: all of it for a releaser, else what you submitted.")
    static final class Listing extends ClientCommand {

        @Option(names = "--decided", description = "List what was decided instead, the newest first.")
        private boolean decided;

        @Mixin
        UseOptions use;

        @Override
        protected int run(CentreClient centre) {
            JsonNode answer = json(centre.get(RELEASES + (decided ? "?state=decided" : "")));
            if (json()) {
                out().json(CentreAnswers.pretty(answer.path("releases")));
                return ExitCode.OK;
            }
            if (answer.path("releases").isEmpty()) {
                out().println(decided ? "nothing was decided yet" : "nothing waits for a release");
            }
            answer.path("releases").forEach(item -> ReleaseText.item(out(), item));
            if (answer.path("more").asLong() > 0) {
                out().println("and " + answer.path("more").asLong() + " more");
            }
            return ExitCode.OK;
        }
    }

    /** {@code koprik release show}. */
    @Command(name = "show", description = "Show an item: its objects, and who would receive them or what was decided.")
    static final class Show extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "Which; `koprik release list` shows them.")
        private String id;

        @Mixin
        UseOptions use;

        @Override
        protected int run(CentreClient centre) {
            JsonNode answer = json(centre.get(RELEASES + "/" + checked(id)));
            if (json()) {
                out().json(CentreAnswers.pretty(answer));
                return ExitCode.OK;
            }
            ReleaseText.item(out(), answer.path("release"));
            answer.path("held").forEach(object -> ReleaseText.object(out(), object));
            if (!answer.path("with").isEmpty()) {
                out().println("    held only because they refer to these, and released with them:");
                answer.path("with").forEach(object -> ReleaseText.object(out(), object));
            }
            ReleaseText.partners(out(), answer.path("partners"));
            return ExitCode.OK;
        }
    }

    /** {@code koprik release preview}. */
    @Command(name = "preview", description = "Say who would receive stored objects, and why not. Sends nothing.")
    static final class Preview extends ClientCommand {

        @Parameters(paramLabel = "ID", arity = "1..*", description = "STIX identifiers.")
        private List<String> ids;

        @Mixin
        UseOptions use;

        @Override
        protected int run(CentreClient centre) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode array = body.putArray("ids");
            ids.forEach(array::add);
            JsonNode answer = json(centre.post("/api/release-previews", JSON, bytes(body)));
            if (json()) {
                out().json(CentreAnswers.pretty(answer));
                return ExitCode.OK;
            }
            out().println(ReleaseText.objects(answer.path("objects").asLong()) + "; held at the release desk: "
                    + answer.path("held").asLong());
            ReleaseText.partners(out(), answer.path("partners"));
            return ExitCode.OK;
        }
    }

    /** Decides on items one after the other. */
    abstract static class Decision extends ClientCommand {

        @Parameters(paramLabel = "ID", arity = "1..*", description = "Which; `koprik release list` shows them.")
        private List<String> ids;

        @Mixin
        UseOptions use;

        abstract String act();

        abstract String comment();

        @Override
        protected int run(CentreClient centre) {
            ids.forEach(ReleaseCommand::checked);
            for (String id : ids) {
                ObjectNode body = JsonNodeFactory.instance.objectNode();
                if (comment() != null) {
                    body.put("comment", comment());
                }
                JsonNode item = json(centre.post(RELEASES + "/" + id + "/" + act(), JSON, bytes(body)));
                if (json()) {
                    out().json(CentreAnswers.pretty(item));
                } else {
                    ReleaseText.item(out(), item);
                }
            }
            return ExitCode.OK;
        }
    }

    /** {@code koprik release approve}. */
    @Command(name = "approve", description = "Release what somebody else submitted.")
    static final class Approve extends Decision {

        @Option(names = "--comment", paramLabel = "TEXT", description = "Kept in the record.")
        private String comment;

        @Override
        String act() {
            return "approval";
        }

        @Override
        String comment() {
            return comment;
        }
    }

    /** {@code koprik release refuse}. */
    @Command(name = "refuse", description = "Refuse what somebody else submitted: it stays inside.")
    static final class Refuse extends Decision {

        @Option(
                names = "--comment",
                paramLabel = "TEXT",
                required = true,
                description = "Why; the submitter reads it, and it is kept in the record.")
        private String comment;

        @Override
        String act() {
            return "refusal";
        }

        @Override
        String comment() {
            return comment;
        }
    }

    /** {@code koprik release withdraw}. */
    @Command(name = "withdraw", description = "Withdraw what you submitted: it stays inside.")
    static final class Withdraw extends Decision {

        @Option(names = "--comment", paramLabel = "TEXT", description = "Kept in the record.")
        private String comment;

        @Override
        String act() {
            return "withdrawal";
        }

        @Override
        String comment() {
            return comment;
        }
    }

    /** {@code koprik release request}. */
    @Command(
            name = "request",
            description = "Let held objects wait again that were refused or withdrawn, or whose time is over.")
    static final class Request extends ClientCommand {

        @Parameters(paramLabel = "ID", arity = "1..*", description = "STIX identifiers.")
        private List<String> ids;

        @Mixin
        UseOptions use;

        @Option(names = "--comment", paramLabel = "TEXT", description = "For the releaser.")
        private String comment;

        @Override
        protected int run(CentreClient centre) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode array = body.putArray("objects");
            ids.forEach(array::add);
            if (comment != null) {
                body.put("comment", comment);
            }
            JsonNode item = json(centre.post(RELEASES, JSON, bytes(body)));
            if (json()) {
                out().json(CentreAnswers.pretty(item));
            } else {
                ReleaseText.item(out(), item);
            }
            return ExitCode.OK;
        }
    }
}
