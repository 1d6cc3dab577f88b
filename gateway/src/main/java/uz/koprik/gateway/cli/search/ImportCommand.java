package uz.koprik.gateway.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.api.common.ImportFailure;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.FileFailures;

/** Imports whole files of any size. */
@Command(
        name = "import",
        description = {
            "Imports whole files: CSV, TSV and XLSX, lists of values, feeds, STIX, TAXII envelopes, JSON Lines and MISP"
                    + " events; gzip is recognised.",
            "With --text: reports and mails as text, Markdown, HTML, PDF, DOCX, EML or MSG. Their values are listed with place and"
                    + " sentence, and become objects with --as.",
            "--preview shows what would become of a file and stores nothing.",
            "Rows become signed indicators whose ids depend on nothing but the value, so that a repeated import changes"
                    + " nothing. Refused rows are written to standard error with file, line and reason."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything was taken",
            "1:some rows or a file were refused, or the centre does not allow it",
            "2:the command line is wrong, or a file cannot be opened; other files are imported",
            "3:no centre answers, or the connection broke; repeating the command is safe"
        })
public final class ImportCommand extends ClientCommand {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files to import.")
    List<Path> files;

    @Option(
            names = "--columns",
            paramLabel = "NAMES",
            description =
                    "Names of the columns, comma-separated, for files without a header, such as name,value; - passes one over.")
    String columns;

    @Option(
            names = "--column",
            paramLabel = "ROLE=NAME",
            description = {
                "What the column of this name is used for, such as value=Wert; once for each column.",
                "Roles: value, kind, name, description, labels, tlp, valid_from, valid_until, confidence, revoked, port, -."
            })
    List<String> column = List.of();

    @Option(
            names = "--feed",
            paramLabel = "FEED",
            description = "Layout of the file, such as threatfox, urlhaus, otx, hosts or rpz; found out when absent.")
    String feed;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "Encoding of a text that is not UTF-8, such as windows-1251 or KOI8-R; guessed when absent.")
    String encoding;

    @Option(names = "--preview", description = "Show what would become of each file; store nothing.")
    boolean preview;

    @Option(names = "--format", description = "csv, tsv, list, xlsx, json, jsonl, misp or stix; guessed when absent.")
    String format;

    @Option(names = "--tlp", description = "Marking of rows that have none: clear, green, amber, amber+strict or red.")
    String tlp;

    @Option(names = "--name", description = "Name of indicators whose row has none.")
    String name;

    @Option(names = "--labels", description = "Labels of all indicators, comma-separated.")
    String labels;

    @Option(
            names = "--valid-until",
            paramLabel = "TIME",
            description = "End of indicators whose row has none, such as 2027-01-31.")
    String validUntil;

    @Option(names = "--confidence", paramLabel = "0-100", description = "Confidence of rows that have none.")
    String confidence;

    @Option(
            names = "--from-stix20",
            description = "Convert objects of STIX 2.0; koprik validate --from-stix20 lists what that changes.")
    boolean fromStix20;

    @Option(
            names = "--forgive",
            paramLabel = "RULES",
            description = {
                "Take unsigned objects that break these rules of STIX, comma-separated, such as empty-list; they get a note.",
                "docs/conformance.md lists the rules."
            })
    String forgive;

    @Option(
            names = "--anyway",
            description = "Take values that are never blocked, such as 127.0.0.1, too; exports leave them out.")
    boolean anyway;

    @Mixin
    ReleaseOptions release = new ReleaseOptions();

    @Mixin
    TextImport text;

    @Override
    protected int run(CentreClient centre) throws IOException {
        if (text.wanted()) {
            if (release.any()) {
                throw new Failure(
                        ExitCode.USAGE,
                        "--to, --group and --embargo are for tables, lists and STIX; report values of a document by koprik submit");
            }
            return text.run(
                    centre,
                    files,
                    new TextImport.Terms(name, tlp, labels, encoding, anyway, preview),
                    new TextImport.Output(out(), err(), json()));
        }
        ArrayNode answers = new ObjectMapper().createArrayNode();
        boolean allTaken = true;
        boolean allRead = true;
        for (Path file : files) {
            try {
                ObjectNode answer = preview ? preview(centre, file) : imported(centre, file);
                allTaken &= preview || answer.path("refused").asLong() == 0;
                answers.add(answer);
            } catch (UnusableFile unusable) { // the other files are not at fault
                err().println("koprik: " + unusable.getMessage());
                allTaken &= unusable.exitCode != ExitCode.FAILED;
                allRead &= unusable.exitCode != ExitCode.USAGE;
            }
        }
        if (json()) {
            out().json(CentreAnswers.pretty(answers));
        }
        return !allRead ? ExitCode.USAGE : allTaken ? ExitCode.OK : ExitCode.FAILED;
    }

    private ObjectNode imported(CentreClient centre, Path file) throws IOException, UnusableFile {
        ObjectNode summary = bring(centre, file);
        if (summary.path("accepted").asLong()
                        + summary.path("unchanged").asLong()
                        + summary.path("refused").asLong()
                == 0) {
            err().println(file + ": there is nothing to import in it: no row, no STIX object, no MISP attribute");
        }
        if (!json()) {
            out().println(file + ": "
                    + CentreAnswers.number(summary.path("accepted").asLong()) + " accepted, "
                    + CentreAnswers.number(summary.path("unchanged").asLong()) + " unchanged, "
                    + CentreAnswers.number(summary.path("refused").asLong()) + " refused, "
                    + CentreAnswers.number(summary.path("rate").asLong()) + " objects/s");
            CentreAnswers.counts(summary.path("read_as"), "  read as: ").ifPresent(out()::println);
            summary.path("remarks").properties().forEach(remark -> out().println(
                            "  " + CentreAnswers.number(remark.getValue().asLong()) + ": " + remark.getKey()));
            out().flush();
        }
        return summary;
    }

    private ObjectNode preview(CentreClient centre, Path file) throws IOException, UnusableFile {
        ObjectNode answer = new ObjectMapper().createObjectNode();
        CentreClient.Reply reply;
        try (InputStream bytes = open(file)) {
            reply = centre.upload(
                    "/api/import" + query(file), "application/octet-stream", bytes, line -> CentreAnswers.parse(
                                    line.getBytes(StandardCharsets.UTF_8))
                            .properties()
                            .forEach(member -> answer.set(member.getKey(), member.getValue())));
        }
        if (!reply.ok()) {
            throw unusable(file, reply);
        }
        answer.put("file", file.toString());
        if (!json()) {
            ImportPreviewText.lines(file.toString(), answer).forEach(out()::println);
            out().flush();
        }
        return answer;
    }

    /** A file that cannot be imported, which says nothing of the others. */
    private static final class UnusableFile extends Exception {

        private static final long serialVersionUID = 1L;

        private final int exitCode;

        UnusableFile(int exitCode, String sentence) {
            super(sentence, null, false, false);
            this.exitCode = exitCode;
        }
    }

    private ObjectNode bring(CentreClient centre, Path file) throws IOException, UnusableFile {
        ObjectNode summary = new ObjectMapper().createObjectNode();
        long begun = System.nanoTime();
        CentreClient.Reply reply;
        try (InputStream opened = open(file);
                ProgressBar bar = bar(file);
                InputStream bytes = new ProgressStream(opened, bar)) {
            reply = centre.upload(
                    "/api/import" + query(file),
                    "application/octet-stream",
                    bytes,
                    line -> take(line, file, summary, bar));
        }
        if (!reply.ok()) {
            throw unusable(file, reply);
        }
        if (!summary.path("done").asBoolean()) {
            long accepted = summary.path("accepted").asLong();
            String why = file + ": "
                    + (accepted == 0 ? "" : "broken off after " + CentreAnswers.number(accepted) + " accepted: ")
                    + summary.path("error").asText("the answer ended before the import did");
            if (summary.path("error_code").asText().equals(ImportFailure.FILE.code())) {
                throw new UnusableFile(ExitCode.FAILED, why + "; correct the file and import it again");
            }
            throw new Failure(ExitCode.UNREACHABLE, why + "; repeating the command is safe");
        }
        double seconds = Math.max((System.nanoTime() - begun) / 1e9, 1e-3);
        long objects = summary.path("accepted").asLong()
                + summary.path("unchanged").asLong()
                + summary.path("refused").asLong();
        summary.put("file", file.toString());
        summary.put("seconds", Math.round(seconds * 1000) / 1000.0);
        summary.put("rate", Math.round(objects / seconds));
        return summary;
    }

    /** A file that the centre cannot read; any other refusal is of the whole command. */
    private UnusableFile unusable(Path file, CentreClient.Reply reply) {
        if (CentreAnswers.isUnreadable(reply)) {
            return new UnusableFile(ExitCode.FAILED, file + ": " + CentreAnswers.advice(CentreAnswers.problem(reply)));
        }
        throw refused(reply);
    }

    private static InputStream open(Path file) throws UnusableFile {
        try {
            return FileFailures.open(file);
        } catch (IOException e) {
            throw new UnusableFile(ExitCode.USAGE, FileFailures.words(e));
        }
    }

    /** Runs on the client's own thread, one line after the other. */
    private void take(String text, Path file, ObjectNode summary, ProgressBar bar) {
        JsonNode line = CentreAnswers.parse(text.getBytes(StandardCharsets.UTF_8));
        if (line.has("reason")) {
            String place = line.has("line")
                    ? line.path("line").asText()
                    : line.path("where").asText();
            String pointer = line.path("pointer").asText("");
            err().println(file + ":" + place + ": " + (pointer.isEmpty() ? "" : pointer + ": ")
                    + CentreAnswers.advice(line.path("reason").asText()));
            return;
        }
        if (line.has("note")) {
            err().println(file + ":" + line.path("where").asText() + ": "
                    + (line.path("id").asText("").isEmpty()
                            ? ""
                            : line.path("id").asText() + ": ")
                    + (line.path("whole").asBoolean() ? "" : "not taken as it is: ")
                    + line.path("note").asText());
            return;
        }
        line.properties().forEach(member -> summary.set(member.getKey(), member.getValue()));
        if (bar != null) {
            bar.setExtraMessage(" "
                    + CentreAnswers.number(line.path("accepted").asLong()
                            + line.path("unchanged").asLong()) + " taken, "
                    + CentreAnswers.number(line.path("rate").asLong()) + "/s");
        }
    }

    private String query(Path file) {
        StringJoiner query = new StringJoiner("&", "?", "");
        add(query, "file", file.getFileName().toString());
        add(query, "columns", columns);
        add(query, "format", format);
        add(query, "tlp", tlp);
        add(query, "name", name);
        add(query, "labels", labels);
        add(query, "from_stix20", fromStix20 ? "true" : null);
        add(query, "forgive", forgive);
        add(query, "anyway", anyway ? "true" : null);
        column.forEach(one -> add(query, "column", one));
        add(query, "feed", feed);
        add(query, "encoding", encoding);
        add(query, "valid_until", validUntil);
        add(query, "confidence", confidence);
        add(query, "doubtful", text.allDoubtful() ? "true" : null);
        add(query, "preview", preview ? "true" : null);
        release.parameters().forEach((parameter, value) -> add(query, parameter, value));
        return query.toString();
    }

    private static void add(StringJoiner query, String name, String value) {
        if (value != null) {
            query.add(name + "=" + CentreAnswers.encoded(value));
        }
    }

    /** A bar while a person watches; null when nobody does. */
    @SuppressWarnings("SystemConsoleNull") // whether there is a console without a terminal differs between JDKs
    private ProgressBar bar(Path file) throws IOException {
        java.io.Console console = System.console();
        if (json() || console == null || !console.isTerminal()) {
            return null;
        }
        return new ProgressBarBuilder()
                .setTaskName(file.getFileName().toString())
                .setInitialMax(Files.size(file))
                .setUnit(" MB", 1_000_000)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .build();
    }

    /** Moves the bar by what was sent. */
    private static final class ProgressStream extends FilterInputStream {
        private final ProgressBar bar;

        ProgressStream(InputStream in, ProgressBar bar) {
            super(in);
            this.bar = bar;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int n = super.read(into, from, length);
            if (bar != null && n > 0) {
                bar.stepBy(n);
            }
            return n;
        }
    }
}
