package uz.koprik.gateway.cli.centre;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.GlobalOptions;
import uz.koprik.gateway.cli.HomeOption;
import uz.koprik.gateway.clock.ProcessClock;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.doctor.Doctor;
import uz.koprik.gateway.doctor.Finding;
import uz.koprik.gateway.doctor.Machine;

/** {@code koprik doctor}. */
@Command(
        name = "doctor",
        description =
                "Examine a centre, running or not: its home, keys, clock, limits, partners and backups. A line per finding, with"
                        + " the cure where one is needed. Changes nothing, and sends nothing to partners but a GET request.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no errors; there may be warnings",
            "1:at least one error, or with --strict one warning",
            "2:the command line is wrong",
            "4:there is no centre in the home"
        },
        footer = {"", "Example:", "  koprik doctor --home /var/lib/koprik"})
public final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--record",
            description = {
                "Take the files of the home as they are as right, after you have looked at them. Without this, a file that was",
                "changed other than by Koprik stops the next start."
            })
    private boolean record;

    @Option(names = "--strict", description = "End with 1 also when there are warnings only.")
    private boolean strict;

    @Override
    public Integer call() throws IOException {
        Home home = HomeOption.unrecorded(spec);
        CommandOutput out = CommandOutput.out(spec);
        if (record) {
            try {
                CommandOutput.err(spec)
                        .println("the files of " + home.root() + " are recorded as they are in "
                                + AcceptedFiles.record(home));
                CommandOutput.err(spec).flush();
            } catch (ConfigException wrong) {
                throw new Failure(ExitCode.HOME, wrong.getMessage());
            }
        }
        List<Finding> findings = new Doctor(home, ProcessClock.get(), Machine.ofThisProcess()).examine();
        if (GlobalOptions.of(spec).json()) {
            out.json(CanonicalJson.text(JsonObject.builder()
                    .put(
                            "findings",
                            new JsonArray(
                                    findings.stream().map(DoctorCommand::json).toList()))
                    .build()));
        } else {
            findings.forEach(finding ->
                    out.println(String.format("%-7s  %s", finding.level().word(), finding.text())));
        }
        out.flush();
        Finding.Level worst = strict ? Finding.Level.WARNING : Finding.Level.ERROR;
        return findings.stream().anyMatch(finding -> finding.level().compareTo(worst) >= 0)
                ? ExitCode.FAILED
                : ExitCode.OK;
    }

    private static Json json(Finding finding) {
        return JsonObject.builder()
                .put("level", finding.level().word())
                .put("what", finding.what())
                .put("words", finding.words())
                .put("cure", finding.cure())
                .build();
    }
}
