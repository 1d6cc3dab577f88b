package uz.koprik.gateway.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import uz.koprik.gateway.centre.RunningCentre;

/** What the gateways of a centre keep on a cluster, as text: a line for each index, then one for each document. */
final class ClusterCopy {

    private static final String PREFIX = "fixture";
    private static final List<String> NODE_OWN =
            List.of("uuid", "creation_date", "provided_name", "version", "routing");
    private static final ObjectMapper JSON = new ObjectMapper();

    private ClusterCopy() {}

    /** Lets a centre keep its store on a node. */
    static void settings(RunningCentre centre, URI node) throws IOException {
        centre.withConfig("kind: lucene", "kind: elasticsearch")
                .withConfig("[\"https://localhost:9200\"]", "[\"" + node + "\"]")
                .withConfig("prefix: koprik", "prefix: " + PREFIX)
                .withConfig("replicas: 1", "replicas: 0")
                .withConfig("plain_loopback: false", "plain_loopback: true");
    }

    /** Writes all indices of the centre to a file. */
    static Path take(URI node, Path file) throws IOException, InterruptedException {
        ask(node, "POST", "/" + PREFIX + "*/_refresh", "");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            JsonNode indices = ask(node, "GET", "/" + PREFIX + "*", "");
            for (var index : indices.properties()) {
                ObjectNode body = ((ObjectNode) index.getValue()).deepCopy();
                ((ObjectNode) body.path("settings").path("index")).remove(NODE_OWN);
                line(out, JSON.createObjectNode().put("index", index.getKey()).set("body", body));
                JsonNode found = ask(node, "POST", "/" + index.getKey() + "/_search", "{\"size\":10000}");
                for (JsonNode hit : found.path("hits").path("hits")) {
                    ObjectNode document = JSON.createObjectNode();
                    document.set("_index", hit.path("_index"));
                    document.set("_id", hit.path("_id"));
                    if (hit.has("_routing")) {
                        document.set("routing", hit.path("_routing"));
                    }
                    line(
                            out,
                            JSON.createObjectNode()
                                    .<ObjectNode>set("document", document)
                                    .set("source", hit.path("_source")));
                }
            }
        }
        return file;
    }

    private static void line(BufferedWriter out, JsonNode line) throws IOException {
        out.write(JSON.writeValueAsString(line));
        out.newLine();
    }

    /** Makes all indices of a file again. */
    static void put(URI node, List<String> lines) throws IOException, InterruptedException {
        StringBuilder bulk = new StringBuilder();
        for (String text : lines) {
            JsonNode line = JSON.readTree(text);
            if (line.has("index")) {
                ask(
                        node,
                        "PUT",
                        "/" + line.path("index").textValue(),
                        line.path("body").toString());
            } else {
                bulk.append("{\"create\":").append(line.path("document")).append("}\n");
                bulk.append(line.path("source")).append('\n');
            }
        }
        JsonNode done = ask(node, "POST", "/_bulk?refresh=true", bulk.toString());
        if (done.path("errors").booleanValue()) {
            throw new IOException("not all documents were taken: " + done);
        }
    }

    /** Removes all indices of the centre. */
    static void drop(URI node) throws IOException, InterruptedException {
        for (var index : ask(node, "GET", "/" + PREFIX + "*", "").properties()) {
            ask(node, "DELETE", "/" + index.getKey(), "");
        }
    }

    private static JsonNode ask(URI node, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(node.resolve(path))
                .header("Content-Type", path.startsWith("/_bulk") ? "application/x-ndjson" : "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IOException(
                        method + " " + path + " answered " + response.statusCode() + ": " + response.body());
            }
            return JSON.readTree(response.body());
        }
    }
}
