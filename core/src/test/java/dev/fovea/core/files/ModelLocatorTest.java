package dev.fovea.core.files;

import static dev.fovea.core.Refusals.assertRefused;
import static dev.fovea.core.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models are found on disk and in a cache laid out as Hugging Face's tools lay it out. */
class ModelLocatorTest {
  private static final String COMMIT = "3d74acf9a28c67741b2f4f2ea7635f0aaf6f0268";
  private static final String OLDER = "1f3a0d1e2b3c4d5e6f708192a3b4c5d6e7f80910";

  @TempDir Path home;

  private Path cache;

  @BeforeEach
  void makeCache() throws IOException {
    cache = home.resolve(".cache/huggingface/hub");
    Path model = cache.resolve("models--openai--clip-vit-base-patch32");
    write(model.resolve("refs/main"), COMMIT);
    write(model.resolve("refs/pr/7"), OLDER + "\n");
    write(model.resolve("blobs/aaaa"), "{\"model_type\": \"clip\"}");
    write(model.resolve("blobs/bbbb"), "{\"model_type\": \"older\"}");
    link(model.resolve("snapshots/" + COMMIT + "/config.json"), "../../blobs/aaaa");
    link(model.resolve("snapshots/" + OLDER + "/config.json"), "../../blobs/bbbb");
  }

  @Test
  void anOrganisationAndANameAreLookedUpInTheCacheAtMain() {
    ModelFiles files = locate("openai/clip-vit-base-patch32");

    assertEquals("{\"model_type\": \"clip\"}", files.text("config.json"));
    assertEquals(List.of("config.json"), files.list());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pr/7", OLDER})
  void aRevisionIsARefOrACommit(String revision) {
    assertEquals(
        "{\"model_type\": \"older\"}",
        locate("openai/clip-vit-base-patch32@" + revision).text("config.json"));
  }

  @Test
  void aFileOfASnapshotCanLieTwoLinksAway() throws IOException {
    Path model = cache.resolve("models--openai--clip-vit-base-patch32");
    write(cache.resolve("blobs/cc/cccc"), "weights");
    link(model.resolve("blobs/cccc"), "../../blobs/cc/cccc");
    link(model.resolve("snapshots/" + COMMIT + "/model.safetensors"), "../../blobs/cccc");

    ModelFiles files = locate("openai/clip-vit-base-patch32");

    assertTrue(files.contains("model.safetensors"));
    assertEquals("weights", files.text("model.safetensors"));
  }

  @Test
  void aLinkWhoseBlobIsGoneSaysSo() throws IOException {
    Path model = cache.resolve("models--openai--clip-vit-base-patch32");
    link(model.resolve("snapshots/" + COMMIT + "/model.safetensors"), "../../blobs/gone");

    ModelFiles files = locate("openai/clip-vit-base-patch32");

    assertRefused(() -> files.read("model.safetensors"), "a link to a file that is not there");
  }

  @Test
  void aNameWithoutOrganisationIsAModelToo() throws IOException {
    write(cache.resolve("models--gpt2/refs/main"), COMMIT);
    write(cache.resolve("models--gpt2/snapshots/" + COMMIT + "/config.json"), "{}");

    assertEquals("{}", locate("gpt2").text("config.json"));
  }

  static Stream<Map<String, String>> environments() {
    return Stream.of(
        Map.of("HF_HUB_CACHE", "~/elsewhere/hub", "HF_HOME", "/nowhere"),
        Map.of("HUGGINGFACE_HUB_CACHE", "~/elsewhere/hub", "HF_HOME", "/nowhere"),
        Map.of("HF_HOME", "~/elsewhere", "XDG_CACHE_HOME", "/nowhere"),
        Map.of("HF_HOME", "~/elsewhere", "HF_HUB_CACHE", " "));
  }

  @ParameterizedTest
  @MethodSource("environments")
  void variablesMoveTheCache(Map<String, String> environment) {
    assertEquals(home.resolve("elsewhere/hub"), new ModelLocator(environment, home).cacheFolder());
  }

  @Test
  void theDesktopsCacheFolderMovesTheCacheToo() {
    assertEquals(
        Path.of("/var/cache/me/huggingface/hub"),
        new ModelLocator(Map.of("XDG_CACHE_HOME", "/var/cache/me"), home).cacheFolder());
  }

  @Test
  void aFolderComesBeforeTheCache() throws IOException {
    write(home.resolve("mine/config.json"), "{\"here\": 1}");

    assertEquals("{\"here\": 1}", locate(home.resolve("mine").toString()).text("config.json"));
  }

  @Test
  void aModelsFolderInTheCacheStandsForItsSnapshot() {
    ModelFiles files = locate(cache.resolve("models--openai--clip-vit-base-patch32").toString());

    assertEquals("{\"model_type\": \"clip\"}", files.text("config.json"));
  }

  @Test
  void aWeightFileStandsForItsFolder() throws IOException {
    write(home.resolve("mine/ViT-B-32.pt"), "weights");
    write(home.resolve("mine/RN50.pt"), "others");
    write(home.resolve("mine/config.json"), "{}");

    ModelFiles files = locate(home.resolve("mine/ViT-B-32.pt").toString());

    assertEquals(Optional.of("ViT-B-32.pt"), files.weightFile());
    assertEquals("{}", files.text("config.json"));
  }

  @Test
  void aFileThatHoldsNoWeightsIsRefused() throws IOException {
    write(home.resolve("mine/config.json"), "{}");

    assertRefused(() -> locate(home.resolve("mine/config.json").toString()), "not a model");
  }

  @Test
  void aModelThatIsNowhereSaysWhereItWasLookedForAndHowToGetIt() {
    assertRefused(
        () -> locate("google/siglip"),
        "no such model in the Hugging Face cache",
        cache.resolve("models--google--siglip").toString(),
        "hf download google/siglip");
  }

  @Test
  void aRevisionThatIsNotThereListsThoseThatAre() {
    assertRefused(
        () -> locate("openai/clip-vit-base-patch32@v2"), "'v2' is not here", "[main, pr]", COMMIT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a/b/c",
        "../x",
        "a/..",
        "/no/such/folder",
        "a--b/c",
        "no such",
        "x\0y",
        "@main"
      })
  void whatIsNeitherAPathNorANameIsRefused(String model) {
    refused(() -> locate(model));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../main", "..", "/etc", "a//b", "main x"})
  void aRevisionCannotLeaveTheCache(String revision) {
    assertRefused(() -> locate("openai/clip-vit-base-patch32@" + revision), "is not a revision");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../../../../etc", "not a commit", "/etc"})
  void aRefThatHoldsNoCommitIsRefused(String content) throws IOException {
    write(cache.resolve("models--openai--clip-vit-base-patch32/refs/main"), content);

    assertRefused(() -> locate("openai/clip-vit-base-patch32"), "does not hold a commit");
  }

  @Test
  void lookingUpLeavesTheCacheAsItWas() throws IOException {
    List<Path> before = walk();

    locate("openai/clip-vit-base-patch32").text("config.json");

    assertEquals(before, walk());
  }

  private ModelFiles locate(String model) {
    return new ModelLocator(Map.of(), home).locate(model);
  }

  private List<Path> walk() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files.sorted().toList();
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void link(Path link, String target) throws IOException {
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
  }
}
