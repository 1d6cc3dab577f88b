package uz.koprik.gateway.cli.offline;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.jws.DetachedJws;
import uz.koprik.crypto.jws.ProtectedHeader;
import uz.koprik.crypto.jws.Signature;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.centre.FirstSeen;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.FileFailures;
import uz.koprik.gateway.cli.GlobalOptions;
import uz.koprik.gateway.cli.HomeOption;
import uz.koprik.gateway.clock.ProcessClock;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.imports.ImportRefused;

/** Verifies files without any centre running. */
@Command(
        name = "verify",
        description = {
            "Verifies a STIX object, a bundle or a TAXII envelope (gz too) against a trust list, offline.",
            "Says for each object who signed it and when, or why nothing is proven."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every object is proven",
            "1:some object is not proven",
            "2:the command line or a file is wrong",
            "4:the trust list cannot be used"
        })
public final class VerifyCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files to verify.")
    List<Path> files;

    @Option(names = "--trust", paramLabel = "FILE", description = "Trust list; the one of the home when absent.")
    Path trust;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "Judge as at this moment, such as 2027-06-30T00:00:00Z: for an archive that was received before the"
                            + " trust list expired. Signatures after it prove nothing.")
    String at;

    @Override
    public Integer call() {
        Instant moment = moment();
        FileVerifier verifier = new FileVerifier(trustList(moment), moment, FirstSeen.in(HomeOption.of(spec)));
        long proven = 0;
        long total = 0;
        for (Path file : files) {
            for (FileVerifier.Finding finding : verify(verifier, file)) {
                total++;
                proven += finding.proven() ? 1 : 0;
                print(file, finding);
            }
        }
        if (!GlobalOptions.of(spec).json()) {
            CommandOutput.out(spec)
                    .println(CentreAnswers.number(proven) + " of " + CentreAnswers.number(total) + " objects proven");
        }
        return proven == total ? ExitCode.OK : ExitCode.FAILED;
    }

    private static List<FileVerifier.Finding> verify(FileVerifier verifier, Path file) {
        try {
            return verifier.verify(file);
        } catch (IOException e) {
            throw FileFailures.failure(e);
        } catch (ImportRefused e) {
            throw new Failure(ExitCode.USAGE, file + ": " + e.getMessage());
        }
    }

    private void print(Path file, FileVerifier.Finding finding) {
        var out = CommandOutput.out(spec);
        if (GlobalOptions.of(spec).json()) {
            out.json(CanonicalJson.text(JsonObject.builder()
                    .put("file", file.toString())
                    .put("where", finding.where())
                    .put("id", finding.id())
                    .put("proven", finding.proven())
                    .put("reason", finding.reason())
                    .build()));
        } else {
            String what = finding.id().isEmpty() ? finding.where() : finding.id();
            out.println((finding.proven() ? "proven      " : "NOT PROVEN  ") + what + "  " + finding.reason());
        }
    }

    private Instant moment() {
        Instant now = ProcessClock.get().instant();
        if (at == null) {
            return now;
        }
        try {
            Instant moment = Instant.parse(at);
            if (moment.isAfter(now)) {
                throw new Failure(ExitCode.USAGE, "--at " + at + " is in the future: write a moment that has passed");
            }
            return moment;
        } catch (DateTimeParseException wrong) {
            throw new Failure(ExitCode.USAGE, "--at: write the moment in UTC, such as 2027-06-30T00:00:00Z");
        }
    }

    private TrustList trustList(Instant moment) {
        Home home = HomeOption.of(spec);
        Path path = trust == null ? home.trust() : trust;
        try {
            byte[] json = FileFailures.bytes(path);
            TrustList list = TrustList.read(json, signer(json));
            list.checkCurrent(moment);
            return list;
        } catch (IOException e) {
            throw new Failure(ExitCode.HOME, CentreAnswers.of(e) + ": name a trust list with --trust");
        } catch (TrustListRejected | MalformedJson e) {
            boolean expired =
                    e instanceof TrustListRejected rejected && rejected.reason() == TrustListRejected.Reason.EXPIRED;
            throw new Failure(ExitCode.HOME, path + ": " + e.getMessage() + (expired ? cure() : ""));
        }
    }

    private String cure() {
        return (trust == null
                        ? ": start the centre or run `koprik partner card`, which renews it"
                        : ": ask for the current list of that centre, which its start or `koprik partner card` renews there")
                + "; or judge what was received before that by --at TIME";
    }

    /**
     * The key that the list itself names as its signer. A user who names a list by hand trusts that file; the signature
     * then shows that it is whole.
     */
    private static String signer(byte[] json) throws MalformedJson {
        JsonObject list = StrictJson.parseObject(json);
        for (Json item : list.items("signatures")) {
            if (item instanceof JsonObject s
                    && s.string("protected").isPresent()
                    && s.string("signature").isPresent()) {
                Signature signature = new Signature(
                        s.string("protected").get(), s.string("signature").get());
                try {
                    return DetachedJws.headers(List.of(signature), ProtectedHeader.TRUST_LIST)
                            .getFirst()
                            .kid();
                } catch (SignatureRejected e) {
                    throw new Failure(ExitCode.HOME, "the trust list cannot be used: " + e.getMessage());
                }
            }
        }
        throw new Failure(ExitCode.HOME, "this is not a trust list: it is not signed");
    }
}
