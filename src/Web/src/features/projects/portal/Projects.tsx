import { useNavigate, useSearch } from '@tanstack/react-router';
import { dayOf, moment } from '@/app/formats';
import { PortalLink, usePortalQuery } from '@/app/portalScope';
import { graphql } from '@/graphql/portal';
import { Lines, Loaded } from '@/ui/Loaded';
import { Note, Page, Panel } from '@/ui/Page';
import { Pager } from '@/ui/Pager';
import { type PageAt, pageVariables } from '@/ui/paging';
import { Period, Progress, ProjectStatus } from './ProjectHead';
import styles from './Projects.module.css';
import { t } from './texts';

const ProjectsQuery = graphql(`
  query Projects($clientId: ID, $preview: Boolean!, $previewClient: ID!, $previewContact: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    portal(clientId: $clientId) @skip(if: $preview) {
      ...ProjectsOfPortal
    }
    preview: node(id: $previewClient) @include(if: $preview) {
      ... on Client {
        id
        portalAs(contactId: $previewContact) {
          ...ProjectsOfPortal
        }
      }
    }
  }
  fragment ProjectsOfPortal on Portal {
    projects(first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      nodes {
        id
        name
        status
        progress
        startsOn
        dueOn
        milestones {
          id
          title
          startsAt
        }
      }
    }
  }
`);

export function Projects() {
  const search: PageAt = useSearch({ strict: false });
  const navigate = useNavigate();
  const { query, retry } = usePortalQuery(ProjectsQuery, pageVariables(search));
  return (
    <Page title={t.projects}>
      <Loaded pageOf="list" query={query} retry={retry} skeleton={<Lines count={3} height="8rem" />}>
        {({ portal }) =>
          portal && portal.projects.totalCount > 0 ? (
            <>
              <ul className={styles.cards}>
                {portal.projects.nodes.map((project) => {
                  const next = project.milestones.find((m) => dayOf(m.startsAt) >= dayOf(new Date()));
                  return (
                    <li key={project.id} className={styles.card}>
                      <div className={styles.cardHead}>
                        <h2>
                          <PortalLink to={`/projects/${project.id}`} className={styles.name}>
                            {project.name}
                          </PortalLink>
                        </h2>
                        <ProjectStatus status={project.status} />
                      </div>
                      <Period startsOn={project.startsOn} dueOn={project.dueOn} />
                      <Progress value={project.progress} label={project.name} />
                      <p className={styles.small}>
                        {next
                          ? t.nextMilestone(next.title, moment(next.startsAt, undefined, { dateStyle: 'medium' }))
                          : t.milestones(project.milestones.length)}
                      </p>
                    </li>
                  );
                })}
              </ul>
              <Pager page={portal.projects} at={search} onMove={(at) => navigate({ to: '.', search: at as never })} />
            </>
          ) : (
            <Panel>
              <Note title={t.noProjects}>{t.noProjectsHint}</Note>
            </Panel>
          )
        }
      </Loaded>
    </Page>
  );
}
