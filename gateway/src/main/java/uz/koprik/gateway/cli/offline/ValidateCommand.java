package uz.koprik.gateway.cli.offline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uz.koprik.crypto.FullDisk;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.FileFailures;
import uz.koprik.gateway.cli.GlobalOptions;
import uz.koprik.indicators.validation.StixFile;

/** Judges files by the rules of STIX 2.1 without any centre; converts STIX 2.0 on request. */
@Command(
        name = "validate",
        description = {
            "Checks STIX bundles, TAXII envelopes and single objects (gz too) against every rule of STIX 2.1.",
            "Reports for each object its faults, their positions, and the section of the specification."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every object is valid",
            "1:some object is not valid; with --strict, or is valid with warnings",
            "2:the command line or a file is wrong"
        })
public final class ValidateCommand implements Callable<Integer> {

    private static final Path STANDARD = Path.of("-");

    @Spec
    CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files to check; - for standard input.")
    List<Path> files;

    @Option(names = "--warnings", description = "Say what the specification advises against, too.")
    boolean warnings;

    @Option(names = "--strict", description = "Take warnings for faults.")
    boolean strict;

    @Option(names = "--from-stix20", description = "Convert objects of STIX 2.0, and list the changes.")
    boolean fromStix20;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = {
                "With --from-stix20: write the valid objects to this file as a bundle of STIX 2.1.",
                "- for standard output; the report then goes to standard error."
            })
    Path output;

    @Option(names = "--out", hidden = true, description = "Another name of --output.")
    void alias(Path file) {
        output = file;
    }

    @Override
    public Integer call() {
        if (output != null && !fromStix20) {
            throw new ParameterException(
                    spec.commandLine(), "--output needs --from-stix20: there is nothing else to write");
        }
        boolean toOutput = STANDARD.equals(output);
        CommandOutput out = toOutput ? CommandOutput.err(spec) : CommandOutput.out(spec);
        ValidationReport report = new ValidationReport(
                out, new ValidationReport.Style(GlobalOptions.of(spec).json(), warnings || strict, fromStix20));
        try (ConvertedBundle converted = output == null
                ? ConvertedBundle.none()
                : toOutput ? ConvertedBundle.to(CommandOutput.out(spec).exactly()) : ConvertedBundle.to(output)) {
            for (Path file : files) {
                validate(file, report, converted);
            }
            converted.finish();
        } catch (IOException e) {
            throw FileFailures.failure(e);
        }
        report.summary(CommandOutput.err(spec));
        return report.invalid() > 0 || (strict && report.warned() > 0) ? ExitCode.FAILED : ExitCode.OK;
    }

    private static void validate(Path file, ValidationReport report, ConvertedBundle converted) {
        String name = STANDARD.equals(file) ? "standard input" : file.toString();
        try (InputStream in = STANDARD.equals(file) ? System.in : FileFailures.open(file);
                StixFile stix = StixFile.open(in)) {
            for (StixFile.Item item = stix.next(); item != null; item = stix.next()) {
                report.add(name, item);
                converted.add(item.verdict());
            }
        } catch (IOException e) {
            String words = CentreAnswers.of(e);
            throw new Failure(
                    FullDisk.caused(e) ? ExitCode.FAILED : ExitCode.USAGE,
                    words.contains(name) ? words : name + ": " + words);
        }
    }
}
