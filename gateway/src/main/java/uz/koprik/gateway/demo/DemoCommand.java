package uz.koprik.gateway.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.GlobalOptions;

/** {@code koprik demo}. */
@Command(
        name = "demo",
        description = {
            "Shows a whole exchange on this machine: founds centres in a temporary folder, introduces them by cards, imports a"
                    + " sample, opens a fraud case, lets the others publish, carries everything over mutual TLS, and ends with"
                    + " the matches found.",
            "Runs until Ctrl-C, with addresses and credentials to look around; then it removes everything."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:everything expected was found", "1:something was not, for the reason said", "2:wrong usage"},
        footer = {"", "Example:", "  koprik demo --input trails.tsv.gz --columns name,value --exit"})
public final class DemoCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Files to import in Tashkent besides the sample.")
    List<Path> inputs = List.of();

    @Option(names = "--columns", paramLabel = "NAMES", description = "Columns of the input files, such as name,value.")
    String columns;

    @Option(
            names = "--centres",
            defaultValue = "4",
            description = "How many centres, 2 to 4 (default: ${DEFAULT-VALUE}).")
    int centres;

    @Option(
            names = "--heap",
            defaultValue = "512m",
            description = "Largest heap of each centre (default: ${DEFAULT-VALUE}).")
    String heap;

    @Option(names = "--exit", description = "End when everything was shown, rather than stay up.")
    boolean exit;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Put the centres here, in a new folder, and leave them there.")
    Path keep;

    @Override
    public Integer call() throws InterruptedException {
        if (centres < 2 || centres > DemoScript.NAMES.size()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--centres " + centres + ": an exchange is shown between 2 to " + DemoScript.NAMES.size()
                            + " centres");
        }
        for (Path input : inputs) {
            if (!Files.isReadable(input) || Files.isDirectory(input)) {
                throw new Failure(ExitCode.USAGE, "there is no file " + input + " to read: check its name");
            }
        }
        CommandOutput out = CommandOutput.out(spec);
        try (DemoEnvironment stage = DemoEnvironment.open(GlobalOptions.of(spec), keep)) {
            new DemoScript(stage, new DemoOutput(out), new DemoScript.Wishes(centres, heap, inputs, columns)).play();
            if (exit) {
                return ExitCode.OK;
            }
            out.println();
            out.println("Stays up until Ctrl-C.");
            out.flush();
            // Ctrl-C runs the stage's shutdown hook, which stops the centres and cleans up.
            new CountDownLatch(1).await();
            return ExitCode.OK;
        } catch (DemoFailed | IOException e) {
            out.flush();
            throw new Failure(ExitCode.FAILED, "the demonstration failed: " + e.getMessage());
        }
    }
}
