package io.echopilot.dashboard.web;

import java.security.Principal;
import org.springframework.http.MediaType;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.HtmlUtils;
import reactor.core.publisher.Mono;

/** Who is logged in, and the page on which one does. */
@RestController
class SessionController {
  private final String loginPage;

  SessionController(LoginPage loginPage) {
    this.loginPage = loginPage.html();
  }

  /**
   * Who asks.
   *
   * @param csrfHeader name of the header that a POST must carry
   * @param csrf its value
   */
  record Session(String user, String csrfHeader, String csrf) {}

  @GetMapping("/api/v1/session")
  Mono<Session> session(Principal user, ServerWebExchange exchange) {
    return csrf(exchange)
        .map(token -> new Session(user.getName(), token.getHeaderName(), token.getToken()));
  }

  @GetMapping(path = "/login", produces = MediaType.TEXT_HTML_VALUE)
  Mono<String> login(ServerWebExchange exchange) {
    String notice =
        exchange.getRequest().getQueryParams().containsKey("error")
            ? "That name and password don't go together."
            : "";
    return csrf(exchange)
        .map(token ->
            loginPage
                .replace("{{csrf}}", HtmlUtils.htmlEscape(token.getToken()))
                .replace("{{notice}}", notice));
  }

  private static Mono<CsrfToken> csrf(ServerWebExchange exchange) {
    Mono<CsrfToken> token = exchange.getAttribute(CsrfToken.class.getName());
    return token == null ? Mono.empty() : token;
  }
}
