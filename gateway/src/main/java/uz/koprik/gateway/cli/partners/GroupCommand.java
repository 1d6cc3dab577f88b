package uz.koprik.gateway.cli.partners;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;

/** Sharing groups: centres to which objects are released together. */
@Command(
        name = "group",
        description = "Sharing groups, to whose members objects are released: makes, changes, lists and shows them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            GroupCommand.Create.class,
            GroupCommand.Add.class,
            GroupCommand.Remove.class,
            GroupCommand.Dissolve.class,
            GroupCommand.Listing.class,
            GroupCommand.Show.class
        })
public final class GroupCommand implements Runnable {

    private static final String ROUTE = "/api/groups";
    private static final String JSON = "application/json";
    private static final String CODES = "%nExit codes:%n";

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "which? create, add, remove, dissolve, list or show");
    }

    /** Makes one. */
    @Command(
            name = "create",
            description = "Makes a sharing group that this centre owns. The centre is its first member.",
            exitCodeListHeading = CODES,
            exitCodeList = {
                "0:made",
                "1:a member is no centre on the trust list, or not allowed",
                "2:the command line is wrong",
                "3:no centre answers"
            })
    static final class Create extends ClientCommand {

        @Parameters(paramLabel = "NAME", description = "What people call it, such as Banks.")
        String name;

        @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
        String description;

        @Option(names = "--member", paramLabel = "PARTNER", description = "A member from now on; may be repeated.")
        List<String> members;

        @Option(names = "--past", description = "Members get what went to the group before they joined.")
        boolean past;

        @Option(
                names = "--tlp",
                description = "Marking of the group itself, which its members receive; green when absent.")
        String tlp;

        @Override
        protected int run(CentreClient centre) {
            Map<String, Object> form = new LinkedHashMap<>();
            CentreAnswers.put(form, "name", name);
            CentreAnswers.put(form, "description", description);
            CentreAnswers.put(form, "members", members);
            CentreAnswers.put(form, "past", past ? Boolean.TRUE : null);
            CentreAnswers.put(form, "tlp", tlp);
            JsonNode group = json(centre.post(ROUTE, JSON, CentreAnswers.json(form)));
            return shown(json(), out(), group);
        }
    }

    /** Adds a member. */
    @Command(
            name = "add",
            description = "Lets a centre be a member of a group of this centre, from now or a later moment on.",
            exitCodeListHeading = CODES,
            exitCodeList = {
                "0:added",
                "1:there is no such group or centre, the moment is over, or not allowed",
                "2:the command line is wrong",
                "3:no centre answers"
            })
    static final class Add extends ClientCommand {

        @Parameters(index = "0", paramLabel = "GROUP", description = "Name or id of the group.")
        String group;

        @Parameters(index = "1", paramLabel = "PARTNER", description = "The new member.")
        String partner;

        @Option(names = "--from", paramLabel = "TIME", description = "From when, such as 2026-12-01T00:00Z.")
        String from;

        @Override
        protected int run(CentreClient centre) {
            Map<String, Object> form = new LinkedHashMap<>();
            CentreAnswers.put(form, "centre", partner);
            CentreAnswers.put(form, "from", from);
            return shown(json(), out(), json(centre.post(path(group) + "/members", JSON, CentreAnswers.json(form))));
        }
    }

    /** Ends a membership. */
    @Command(
            name = "remove",
            description =
                    "Ends the membership of a centre in a group of this centre: it gets nothing more of the group.",
            exitCodeListHeading = CODES,
            exitCodeList = {
                "0:removed",
                "1:there is no such group or member, the moment is over, or not allowed",
                "2:the command line is wrong",
                "3:no centre answers"
            })
    static final class Remove extends ClientCommand {

        @Parameters(index = "0", paramLabel = "GROUP", description = "Name or id of the group.")
        String group;

        @Parameters(index = "1", paramLabel = "PARTNER", description = "The member.")
        String partner;

        @Option(names = "--until", paramLabel = "TIME", description = "When it ends, such as 2026-12-01T00:00Z.")
        String until;

        @Override
        protected int run(CentreClient centre) {
            String end = until == null ? "" : "?until=" + CentreAnswers.encoded(until);
            return shown(
                    json(),
                    out(),
                    json(centre.delete(path(group) + "/members/" + CentreAnswers.encoded(partner) + end)));
        }
    }

    /** Ends a group. */
    @Command(
            name = "dissolve",
            description = "Dissolves a group of this centre: nobody is a member any more, and gets anything of it.",
            exitCodeListHeading = CODES,
            exitCodeList = {
                "0:dissolved",
                "1:there is no such group, it is dissolved, or not allowed",
                "2:the command line is wrong",
                "3:no centre answers"
            })
    static final class Dissolve extends ClientCommand {

        @Parameters(paramLabel = "GROUP", description = "Name or id of the group.")
        String group;

        @Override
        protected int run(CentreClient centre) {
            return shown(json(), out(), json(centre.delete(path(group))));
        }
    }

    /** All groups. */
    @Command(
            name = "list",
            description = "Lists the sharing groups that are known here, and their members.",
            exitCodeListHeading = CODES,
            exitCodeList = {"0:listed", "1:not allowed", "2:the command line is wrong", "3:no centre answers"})
    static final class Listing extends ClientCommand {

        @Override
        protected int run(CentreClient centre) {
            JsonNode all = json(centre.get(ROUTE));
            if (json()) {
                out().json(CentreAnswers.pretty(all));
                return ExitCode.OK;
            }
            if (all.path("groups").isEmpty()) {
                out().println("no sharing group is known here");
            }
            for (JsonNode group : all.path("groups")) {
                int members = 0;
                for (JsonNode member : group.path("members")) {
                    members += member.path("now").asBoolean() ? 1 : 0;
                }
                out().println(group.path("name").asText() + "  "
                        + group.path("id").asText() + "  "
                        + (group.path("own").asBoolean() ? "ours" : "of " + owner(group)) + ", "
                        + (group.path("dissolved").asBoolean()
                                ? "dissolved"
                                : members + (members == 1 ? " member" : " members")));
            }
            return ExitCode.OK;
        }
    }

    /** One group. */
    @Command(
            name = "show",
            description = "Shows a sharing group with its present, past and future members.",
            exitCodeListHeading = CODES,
            exitCodeList = {
                "0:shown",
                "1:there is no such group, or not allowed",
                "2:the command line is wrong",
                "3:no centre answers"
            })
    static final class Show extends ClientCommand {

        @Parameters(paramLabel = "GROUP", description = "Name or id of the group.")
        String group;

        @Override
        protected int run(CentreClient centre) {
            return shown(json(), out(), json(centre.get(path(group))));
        }
    }

    private static String path(String group) {
        return ROUTE + "/" + CentreAnswers.encoded(group);
    }

    private static String owner(JsonNode group) {
        return group.path("owner").asText(group.path("owner_identity").asText());
    }

    private static int shown(boolean asJson, CommandOutput out, JsonNode group) {
        if (asJson) {
            out.json(CentreAnswers.pretty(group));
            return ExitCode.OK;
        }
        out.println(group.path("name").asText() + "  " + group.path("id").asText());
        if (group.has("description")) {
            out.println("  " + group.path("description").asText());
        }
        out.println("  owner " + owner(group) + "; who joins "
                + (group.path("past").asBoolean()
                        ? "gets what went to the group before"
                        : "does not get what came before"));
        if (group.path("dissolved").asBoolean()) {
            out.println("  dissolved: nobody is a member any more");
        }
        for (JsonNode member : group.path("members")) {
            String until = member.path("until").asText("");
            out.println("  " + (member.path("now").asBoolean() ? "member   " : "no member") + "  "
                    + member.path("centre").asText(member.path("identity").asText()) + ", from "
                    + CentreAnswers.moment(member.path("from").asText())
                    + (until.isEmpty() ? "" : " until " + CentreAnswers.moment(until)));
        }
        return ExitCode.OK;
    }
}
