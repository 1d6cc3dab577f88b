package uz.koprik.gateway.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uz.koprik.gateway.config.Home;

/** Which centre to ask and as whom; without options the one whose home this is, as its administrator. */
public final class ClientOptions {

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Address of the centre, such as https://centre.example:8443; the running centre of the home when absent.")
    URI url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File that holds the token of the account; the home's admin.token when absent.")
    Path tokenFile;

    @Option(
            names = "--ca",
            paramLabel = "PEM",
            description = "Certificates that prove the centre; the certificate in the home when absent.")
    Path ca;

    /** Reads what is needed to reach the centre. */
    public CentreAddress address() {
        Home home = HomeOption.of(spec);
        boolean own = url == null;
        if (own && !home.exists()) {
            throw HomeOption.absent(home, ": name its folder with --home, or a centre elsewhere with --url");
        }
        URI address = own ? runningAt(home) : url;
        if (!"https".equals(address.getScheme()) || address.getHost() == null) {
            throw new Failure(ExitCode.USAGE, "--url must be https://host or https://host:port");
        }
        String token = read(tokenFile == null ? home.adminToken() : tokenFile, "--token-file");
        Path certificates = ca == null ? HomeOption.certificate(home) : ca;
        if (!Files.isReadable(certificates)) {
            throw new Failure(
                    ExitCode.USAGE, "cannot read " + certificates + ": name the centre's certificate with --ca");
        }
        if (ca != null && !FileFailures.isCertificate(ca)) {
            throw new Failure(
                    ExitCode.USAGE, ca + " is no certificate in PEM form: name the centre's certificate with --ca");
        }
        return new CentreAddress(
                address, token, certificates, ca != null, own ? Optional.of(home.root()) : Optional.empty());
    }

    private static URI runningAt(Home home) {
        if (!Files.exists(home.url())) {
            throw new Failure(
                    ExitCode.UNREACHABLE,
                    "the centre in " + home.root() + " is not running: start it with `koprik serve --home "
                            + home.root() + "`");
        }
        return URI.create(read(home.url(), "--url"));
    }

    private static String read(Path file, String option) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new Failure(ExitCode.USAGE, "cannot read " + file + ": name another with " + option);
        }
    }
}
