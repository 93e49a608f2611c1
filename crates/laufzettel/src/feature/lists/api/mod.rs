//! The lists in the API: six times the same five operations.

mod answers;
mod bodies;
mod paging;
mod run;

use utoipa_axum::router::OpenApiRouter;

use crate::App;

pub use paging::{AskedPage, Cut};

/// The routes of all lists.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .merge(areas::routes())
        .merge(queues::routes())
        .merge(request_types::routes())
        .merge(categories::routes())
        .merge(priorities::routes())
        .merge(statuses::routes())
}

/// The operations of one list.
macro_rules! list_api {
    ($module:ident, $list:ident, $all:tt, $one:tt, $new:ident, $change:ident, $shown:ident) => {
        mod $module {
            use axum::extract::Path;
            use axum::http::HeaderMap;
            use utoipa_axum::router::OpenApiRouter;
            use utoipa_axum::routes;
            use web::{Json, Query};

            use super::bodies::{$change, $new, $shown};
            use super::{AskedPage, run};
            use crate::App;
            use crate::api::{Caller, ListsRead, Page, Post, Problems, Settings};
            use crate::feature::lists::List;
            use crate::http::error::Answer;

            /// The routes.
            pub fn routes() -> OpenApiRouter<App> {
                OpenApiRouter::default()
                    .routes(routes!(list, create))
                    .routes(routes!(read, change, delete))
            }

            /// Lists all entries
            ///
            /// In their order, those that are switched off among them.
            #[utoipa::path(
                get,
                path = $all,
                params(AskedPage),
                responses((status = 200, description = "A page", body = Page<$shown>), Problems),
                security(
                    ("token" = ["tickets:read"]),
                    ("token" = ["tickets:write"]),
                    ("token" = ["settings"])
                )
            )]
            async fn list(caller: Caller<ListsRead>, Query(asked): Query<AskedPage>) -> Answer {
                run::list::<$shown>(&caller, List::$list, &asked).await
            }

            /// Adds an entry
            #[utoipa::path(
                post,
                path = $all,
                request_body = $new,
                responses((status = 201, description = "The entry", body = $shown), Problems),
                security(("token" = ["settings"]))
            )]
            async fn create(caller: Caller<Settings>, post: Post<$new>) -> Answer {
                run::create::<_, $shown>(&caller, List::$list, post).await
            }

            /// Reads an entry
            #[utoipa::path(
                get,
                path = $one,
                params(("key" = String, Path, description = "The entry's key")),
                responses((status = 200, description = "The entry", body = $shown), Problems),
                security(
                    ("token" = ["tickets:read"]),
                    ("token" = ["tickets:write"]),
                    ("token" = ["settings"])
                )
            )]
            async fn read(caller: Caller<ListsRead>, Path(key): Path<String>) -> Answer {
                run::read::<$shown>(&caller, List::$list, &key).await
            }

            /// Changes an entry
            #[utoipa::path(
                patch,
                path = $one,
                params(("key" = String, Path, description = "The entry's key")),
                request_body = $change,
                responses((status = 200, description = "The entry", body = $shown), Problems),
                security(("token" = ["settings"]))
            )]
            async fn change(
                caller: Caller<Settings>,
                Path(key): Path<String>,
                headers: HeaderMap,
                Json(body): Json<$change>,
            ) -> Answer {
                run::change::<_, $shown>(&caller, List::$list, &key, &headers, body).await
            }

            /// Deletes an entry
            ///
            /// It is switched off instead if something refers to it.
            #[utoipa::path(
                delete,
                path = $one,
                params(("key" = String, Path, description = "The entry's key")),
                responses((status = 204, description = "It is gone, or switched off"), Problems),
                security(("token" = ["settings"]))
            )]
            async fn delete(
                caller: Caller<Settings>,
                Path(key): Path<String>,
                headers: HeaderMap,
            ) -> Answer {
                run::delete(&caller, List::$list, &key, &headers).await
            }
        }
    };
}

list_api!(areas, Areas, "/api/v1/areas", "/api/v1/areas/{key}", NewArea, AreaChange, ShownArea);
list_api!(
    queues,
    Queues,
    "/api/v1/queues",
    "/api/v1/queues/{key}",
    NewQueue,
    QueueChange,
    ShownQueue
);
list_api!(
    request_types,
    RequestTypes,
    "/api/v1/request_types",
    "/api/v1/request_types/{key}",
    NewRequestType,
    RequestTypeChange,
    ShownRequestType
);
list_api!(
    categories,
    Categories,
    "/api/v1/categories",
    "/api/v1/categories/{key}",
    NewCategory,
    CategoryChange,
    ShownCategory
);
list_api!(
    priorities,
    Priorities,
    "/api/v1/priorities",
    "/api/v1/priorities/{key}",
    NewPriority,
    PriorityChange,
    ShownPriority
);
list_api!(
    statuses,
    Statuses,
    "/api/v1/statuses",
    "/api/v1/statuses/{key}",
    NewStatus,
    StatusChange,
    ShownStatus
);
