package uz.koprik.gateway.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uz.koprik.crypto.FullDisk;
import uz.koprik.gateway.api.transfer.ExportSummary;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ClientOptions;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.FileFailures;
import uz.koprik.gateway.cli.GlobalOptions;
import uz.koprik.gateway.cli.HomeOption;
import uz.koprik.gateway.cli.UseOptions;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.translate.export.ExportCounts;
import uz.koprik.indicators.translate.export.ExportFormat;
import uz.koprik.indicators.warninglist.InvalidWarningList;
import uz.koprik.indicators.warninglist.ProtectedValues;
import uz.koprik.indicators.warninglist.WarningListReader;
import uz.koprik.indicators.warninglist.WarningLists;

/** Writes indicators for machines that do not speak STIX, from a centre or from files. */
@Command(
        name = "export",
        description = {
            "Writes indicators in force as CSV, XLSX, Suricata rules, block lists, a MISP event or a STIX bundle: those of a centre,"
                    + " as far as you may see them, or those of files, without any centre.",
            "What the format cannot express is listed on standard error and in the export itself. What is never blocked, such as"
                    + " 127.0.0.1, public resolvers and own networks, is left out and counted."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the export is whole; it lists what the format cannot express",
            "1:the centre does not allow it",
            "2:the command line or a file is wrong",
            "3:no centre answers, or the connection broke; nothing was written"
        })
public final class ExportCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    ClientOptions options;

    @Mixin
    UseOptions use;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "STIX objects, bundles, TAXII envelopes or MISP events to take instead of a centre.")
    List<Path> files = List.of();

    @Option(
            names = "--format",
            required = true,
            description = "csv, xlsx, suricata, blocklist, hosts, rpz, misp or stix.")
    String format;

    @Option(names = "--type", split = ",", description = "STIX types, comma-separated; indicator when absent.")
    List<String> types = List.of();

    @Option(names = "--kind", split = ",", description = "Kinds of values, such as domain,ipv4; all when absent.")
    List<String> kinds = List.of();

    @Option(
            names = "--tlp",
            description = "Strictest marking to let out: clear, green, amber, amber+strict or red; green when absent.")
    String tlp;

    @Option(names = "--added-after", paramLabel = "TIME", description = "Only objects added later; from a centre only.")
    String addedAfter;

    @Option(
            names = "--query",
            paramLabel = "WORDS|VALUE",
            description = "Only results of this search; from a centre only.")
    String query;

    @Option(
            names = "--all",
            description = "csv, xlsx, misp and stix: revoked, expired and future indicators, too."
                    + " What machines block by has only what is in force.")
    boolean all;

    @Option(
            names = "--hash-lists",
            description = "Suricata rules look hashes up in koprik-md5.list, koprik-sha1.list and"
                    + " koprik-sha256.list, which --format blocklist --kind md5 (sha1, sha256) writes.")
    boolean hashLists;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where to write; replaced at once when the export is whole.")
    Path output;

    @Option(names = "--dry-run", description = "Write nothing; print what would be written and left out, by reason.")
    boolean dryRun;

    @Option(
            names = "--anyway",
            description = "csv, xlsx, misp and stix: what is never blocked, too, to move data or to study it.")
    boolean anyway;

    @Option(names = "--out", hidden = true, description = "Another name of --output.")
    void alias(Path file) {
        output = file;
    }

    /** What was written and left out, as {@link ExportSummary} says it. */
    private JsonNode summary;

    @Override
    public Integer call() {
        ExportFormat wanted = ExportFormat.ofCode(format)
                .orElseThrow(() -> new Failure(ExitCode.USAGE, "--format is one of " + ExportFormat.codes()));
        if (anyway && wanted.blocks()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--anyway: the format " + wanted.code()
                            + " blocks what is in it, so it never has values that are never blocked; csv, xlsx, misp and stix can");
        }
        if (all && wanted.blocks()) {
            throw new Failure(ExitCode.USAGE, "--all: " + wanted.inForceOnly());
        }
        if (!wanted.isText() && output == null && !dryRun) {
            throw new Failure(
                    ExitCode.USAGE,
                    "a workbook is no text for a terminal or a pipe: name its file with --output, such as --output koprik."
                            + wanted.code());
        }
        if (!files.isEmpty() && (query != null || addedAfter != null)) {
            throw new Failure(
                    ExitCode.USAGE, "--query and --added-after are questions to a centre; files know no answer");
        }
        try {
            if (dryRun) {
                count(wanted);
                print(CommandOutput.out(spec));
                return ExitCode.OK;
            }
            Path folder = output == null
                    ? null
                    : FileFailures.requireTarget(output).toAbsolutePath().getParent();
            Path part = folder == null
                    ? Files.createTempFile("koprik-export", ".part")
                    : Files.createTempFile(folder, ".koprik-export", ".part");
            try {
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                    write(wanted, out);
                }
                hand(part, wanted);
                if (worthSaying()) {
                    print(CommandOutput.err(spec));
                }
            } finally {
                Files.deleteIfExists(part);
            }
            return ExitCode.OK;
        } catch (Failure failure) {
            throw files.isEmpty() ? failure.inWordsOf(spec) : failure; // files speak of their own members
        } catch (IOException e) {
            throw FileFailures.failure(output == null ? e : FullDisk.naming(output, e));
        } finally {
            CommandOutput.out(spec).flush();
            CommandOutput.err(spec).flush();
        }
    }

    private void write(ExportFormat wanted, OutputStream out) throws IOException {
        if (files.isEmpty()) {
            fromCentre(out);
            return;
        }
        try {
            FileExport export = new FileExport(
                    wanted, types, kinds, tlp, all, hashLists, protectedValues(), anyway, one -> CommandOutput.err(spec)
                            .println("not expressed: " + one));
            export.write(files, out);
            summary = CentreAnswers.parse(export.summary().line().getBytes(StandardCharsets.UTF_8));
        } catch (ImportRefused e) {
            throw new Failure(ExitCode.USAGE, e.getMessage());
        }
    }

    private void fromCentre(OutputStream out) {
        try (CentreClient centre = new CentreClient(options.address())) {
            use.tell(centre);
            CentreClient.Reply reply = centre.download("/api/export" + query(), "*/*", out);
            if (!reply.ok()) {
                throw ClientCommand.refused(reply);
            }
            // A centre of an earlier version sends none.
            summary = reply.body().length == 0 ? MissingNode.getInstance() : CentreAnswers.parse(reply.body());
            UseOptions.note(centre, CommandOutput.err(spec));
        }
    }

    private void count(ExportFormat wanted) throws IOException {
        if (files.isEmpty()) {
            try (CentreClient centre = new CentreClient(options.address())) {
                use.tell(centre);
                summary = ClientCommand.json(centre.get("/api/export" + query()));
                UseOptions.note(centre, CommandOutput.err(spec));
            }
        } else {
            write(wanted, OutputStream.nullOutputStream());
        }
    }

    /** The built-in list, with own networks and domains and the warning lists of the home, when there is one. */
    private ProtectedValues protectedValues() {
        Home home = HomeOption.of(spec);
        if (!home.exists()) {
            return ProtectedValues.BUILT_IN;
        }
        try {
            Config config = ConfigFile.read(home.config());
            Path folder = home.warningLists(config);
            WarningLists lists =
                    Files.isDirectory(folder) ? new WarningLists(WarningListReader.folder(folder)) : WarningLists.NONE;
            return new ProtectedValues(
                    config.own().parsedNetworks(), config.own().normalDomains(), () -> lists);
        } catch (ConfigException | InvalidWarningList | IOException unusable) {
            throw new Failure(ExitCode.HOME, unusable.getMessage());
        }
    }

    private boolean worthSaying() {
        return !summary.isMissingNode()
                && (summary.path("tlp_assumed").asBoolean()
                        || summary.path("anyway").asBoolean()
                        || summary.path("entries").asLong() == 0
                        || !summary.path("left_out").isEmpty());
    }

    private void print(CommandOutput to) {
        if (dryRun && GlobalOptions.of(spec).json()) {
            to.json(CentreAnswers.pretty(summary));
            return;
        }
        long entries = summary.path("entries").asLong();
        long objects = summary.path("objects").asLong();
        String limit = "up to TLP:" + summary.path("tlp").asText().toUpperCase(Locale.ROOT)
                + (summary.path("tlp_assumed").asBoolean() ? " (the default; --tlp names another limit)" : "");
        String which = types.isEmpty() ? "" : " of the types " + String.join(", ", types);
        if (objects == 0) {
            to.println(
                    "nothing " + (dryRun ? "would be" : "was") + " written, " + limit + ": there is no object" + which
                            + " that " + (files.isEmpty() ? "you may see and that " : "") + "the question selects"
                            + (types.isEmpty() ? "; --type names types other than indicator" : ""));
        } else {
            to.println(
                    (entries == 0 ? "nothing" : CentreAnswers.number(entries) + (entries == 1 ? " entry" : " entries"))
                            + (dryRun ? " would be" : entries > 1 ? " were" : " was") + " written, " + limit + ", of "
                            + CentreAnswers.number(objects) + (objects == 1 ? " object" : " objects") + which);
        }
        if (summary.path("anyway").asBoolean()) {
            to.println("with values that are never blocked (--anyway): keep it away from machines that block");
        }
        summary.path("left_out")
                .properties()
                .forEach(one -> to.println("left out: "
                        + CentreAnswers.number(one.getValue().asLong()) + " (" + one.getKey() + ", "
                        + ExportCounts.label(one.getKey()) + ")"));
    }

    /** Moves the whole export to its place, and reports what it lists as not expressed. */
    private void hand(Path part, ExportFormat wanted) throws IOException {
        if (files.isEmpty() && wanted.blocks()) {
            try (var lines = Files.lines(part, StandardCharsets.UTF_8)) {
                lines.filter(line -> line.startsWith("# not expressed: ")
                                || line.startsWith("; not expressed: ")
                                || line.startsWith("# left out: ")
                                || line.startsWith("; left out: "))
                        .forEach(line -> CommandOutput.err(spec).println(line.substring(2)));
            }
        }
        if (output != null) {
            Files.move(part, output, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } else {
            try (Reader text = Files.newBufferedReader(part, StandardCharsets.UTF_8)) {
                text.transferTo(CommandOutput.out(spec).exactly());
            }
        }
    }

    private String query() {
        StringJoiner query = new StringJoiner("&", "?", "");
        List<String[]> given = new ArrayList<>();
        given.add(new String[] {"format", format});
        given.add(new String[] {"type", types.isEmpty() ? null : String.join(",", types)});
        given.add(new String[] {"kind", kinds.isEmpty() ? null : String.join(",", kinds)});
        given.add(new String[] {"tlp", tlp});
        given.add(new String[] {"added_after", addedAfter});
        given.add(new String[] {"q", this.query});
        given.add(new String[] {"state", all ? "all" : null});
        given.add(new String[] {"hash_lists", hashLists ? "true" : null});
        given.add(new String[] {"dry_run", dryRun ? "true" : null});
        given.add(new String[] {"anyway", anyway ? "true" : null});
        given.stream()
                .filter(one -> one[1] != null)
                .forEach(one -> query.add(one[0] + '=' + CentreAnswers.encoded(one[1])));
        return query.toString();
    }
}
