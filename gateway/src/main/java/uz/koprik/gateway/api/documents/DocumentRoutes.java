package uz.koprik.gateway.api.documents;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.ValueFacts;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.cases.CaseTables;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.BodyStream;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RequestLimits;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.documents.DocumentLimits;
import uz.koprik.indicators.documents.DocumentReader;
import uz.koprik.indicators.documents.DocumentRefused;
import uz.koprik.indicators.documents.DocumentValues;
import uz.koprik.indicators.documents.FoundValue;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * {@code /api/documents}: the values of a report or a mail. Nothing is stored. The body is read here, so this comes
 * before bodies are read.
 */
public final class DocumentRoutes implements Routes {

    private final AnalystServices services;

    public DocumentRoutes(AnalystServices services) {
        this.services = services;
    }

    @Override
    public void mount(RouteTable router) {
        router.post("/api/documents", RouteTable.Content.FILE, "file", "encoding")
                .handler(request -> {
                    Caller caller = Callers.require(request, Right.ANALYSE);
                    long most = RequestLimits.of(request).documentSize().bytes();
                    if (BodyStream.announced(request.request()) > most) {
                        throw tooLarge(most);
                    }
                    request.request().pause();
                    if ("100-continue".equalsIgnoreCase(request.request().getHeader("Expect"))) {
                        request.response().writeContinue();
                    }
                    BodyStream body =
                            BodyStream.of(request.request(), Vertx.currentContext(), RequestLimits.of(request));
                    Blocking.transfer(request, () -> values(request, caller, body));
                });
    }

    private Runnable values(RoutingContext request, Caller caller, BodyStream body)
            throws IOException, StoreUnavailable {
        Path folder = services.tables().newFolder("document-");
        DocumentValues values;
        try {
            Path file = folder.resolve("document");
            copy(body, file, RequestLimits.of(request).documentSize().bytes());
            values = new DocumentReader(services.recognition(), DocumentLimits.USUAL)
                    .read(
                            file,
                            Optional.ofNullable(request.request().getParam("file"))
                                    .orElse(""),
                            Optional.ofNullable(request.request().getParam("encoding")));
        } catch (DocumentRefused e) {
            throw ApiJson.bad(e.sentence());
        } finally {
            CaseTables.throwAway(folder);
        }
        AccessNotes.of(request)
                .values(values.values().stream().map(FoundValue::observable).toList())
                .answers(values.values().size());
        Map<String, Carriers> carriers = ValueFacts.known(
                services,
                caller,
                values.values().stream().map(FoundValue::observable).toList());
        Buffer line = Buffer.buffer(ApiJson.bytes(DocumentView.of(values, services, carriers)))
                .appendByte((byte) '\n');
        return () -> request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, ApiJson.JSON)
                .end(line);
    }

    private static Problem tooLarge(long most) {
        return new Problem(
                413,
                "Too large",
                "the document is larger than " + most + " bytes, the most that limits.document_size allows; split it");
    }

    private static void copy(InputStream body, Path file, long most) throws IOException {
        try (OutputStream out = Channels.newOutputStream(
                PrivateFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            byte[] buffer = new byte[64 << 10];
            long all = 0;
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                all += n;
                if (all > most) {
                    throw tooLarge(most);
                }
                out.write(buffer, 0, n);
            }
        }
    }
}
