package uz.koprik.gateway.cli.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.api.common.ImportFailure;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.FileFailures;

/** Imports case files from a table. */
@Command(
        name = "import",
        description = {
            "Opens and changes cases by the rows of a table: CSV, TSV or XLSX. A repeated import changes only what is different.",
            "Refused rows are written to standard error with line, column and reason."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything was taken",
            "1:some rows were refused, or the centre does not allow it",
            "2:the command line or the file is wrong",
            "3:no centre answers, or the connection broke; repeating the command is safe"
        })
final class CaseImportCommand extends ClientCommand {

    @Parameters(paramLabel = "FILE", description = "The table.")
    Path file;

    @Option(
            names = "--mapping",
            paramLabel = "MAPPING",
            description =
                    "File that says which column is what, or the name of one that the centre keeps; columns are called"
                            + " number, title, type, values … when absent.")
    String mapping;

    @Option(names = "--preview", description = "Show what would be done; store nothing.")
    boolean preview;

    @Override
    protected int run(CentreClient centre) throws IOException {
        ObjectNode summary = new ObjectMapper().createObjectNode();
        CentreClient.Reply reply;
        try (InputStream bytes = FileFailures.open(file)) {
            reply = centre.upload(
                    "/api/cases/import" + query(), "application/octet-stream", bytes, line -> take(line, summary));
        }
        if (!reply.ok()) {
            throw CentreAnswers.isUnreadable(reply)
                    ? new Failure(ExitCode.FAILED, file + ": " + CentreAnswers.problem(reply))
                    : refused(reply);
        }
        if (json()) {
            out().json(CentreAnswers.pretty(summary));
        } else if (preview) {
            show(summary);
        } else {
            out().println(file + ": " + count(summary, "created") + " created, " + count(summary, "updated")
                    + " updated, " + count(summary, "unchanged") + " unchanged, " + count(summary, "refused")
                    + " rows refused");
        }
        if (!preview && !summary.path("done").asBoolean()) {
            boolean fault = summary.path("error_code").asText().equals(ImportFailure.FILE.code());
            throw new Failure(
                    fault ? ExitCode.FAILED : ExitCode.UNREACHABLE,
                    file + ": broken off: " + summary.path("error").asText("the answer ended before the import did")
                            + (fault ? "; correct the file and import it again" : "; repeating the command is safe"));
        }
        return summary.path("refused").asLong() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    /** Runs on the client's own thread, one line after the other. */
    private void take(String text, ObjectNode summary) {
        JsonNode line = CentreAnswers.parse(text.getBytes(StandardCharsets.UTF_8));
        if (line.has("reason")) {
            tell(line);
        } else {
            line.properties().forEach(member -> summary.set(member.getKey(), member.getValue()));
        }
    }

    private void tell(JsonNode fault) {
        String column = fault.path("column").asText("");
        err().println(file + ":" + fault.path("line").asText() + ": " + (column.isEmpty() ? "" : column + ": ")
                + (fault.path("left_out").asBoolean() ? "left out: " : "")
                + fault.path("reason").asText());
    }

    private void show(JsonNode preview) {
        for (JsonNode column : preview.path("columns")) {
            out().println(column.path("name").asText() + " -> "
                    + (column.path("as").isEmpty() ? "left out" : CentreAnswers.joined(column.path("as")))
                    + " (" + column.path("filled").asText() + " filled"
                    + (column.path("kinds").isEmpty()
                            ? ")"
                            : "; recognised: " + column.path("kinds").toString().replaceAll("[{}\"]", "") + ")"));
        }
        for (JsonNode file : preview.path("cases")) {
            out().println("line " + CentreAnswers.joined(file.path("lines")) + ": "
                    + file.path("number").asText() + "  " + file.path("title").asText() + "  "
                    + file.path("outcome").asText());
            for (JsonNode change : file.path("changes")) {
                String from = change.path("from").asText("");
                out().println("    " + change.path("part").asText() + ": " + (from.isEmpty() ? "" : from + " -> ")
                        + change.path("to").asText(""));
            }
        }
        preview.path("faults").forEach(this::tell);
        out().println(count(preview, "rows") + " rows, " + count(preview, "refused")
                + " would be refused; nothing was stored");
    }

    private String query() throws IOException {
        StringBuilder query = new StringBuilder("?file=")
                .append(CentreAnswers.encoded(file.getFileName().toString()));
        if (mapping != null) {
            Path given = Path.of(mapping);
            query.append("&mapping=")
                    .append(CentreAnswers.encoded(Files.isRegularFile(given) ? Files.readString(given) : mapping));
        }
        return query + (preview ? "&preview=20" : "");
    }

    private static String count(JsonNode summary, String name) {
        return CentreAnswers.number(summary.path(name).asLong());
    }
}
